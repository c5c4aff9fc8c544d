using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Format;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>A node with its place in the structure.</summary>
internal readonly record struct Located(FileNode Node, string Path);

/// <summary>A tree whose shape was checked: gives what is sound, so that one mistake is not reported twice.</summary>
internal sealed class CheckedTree(FileNode.Map root, FormatChecker format)
{
    public FileNode.Map Root { get; } = root;

    /// <summary>The items of a list with their paths; nothing when it is no list.</summary>
    public IEnumerable<Located> Items(FileNode? node, string path) =>
        node is FileNode.List list
            ? list.Items.Select((item, index) => new Located(item, $"{path}[{index}]"))
            : [];

    /// <summary>The value under a key; null when it is not there.</summary>
    public Located? Find(Located parent, string key) =>
        parent.Node is FileNode.Map map && map[key] is { } node
            ? new Located(node, FormatChecker.Inside(parent.Path, key))
            : null;

    /// <summary>The text of a sound single value; null otherwise.</summary>
    public string? Text(Located? place) =>
        place is { Node: FileNode.Scalar scalar } && !format.IsBad(scalar) ? scalar.Text : null;

    /// <summary>The text under a key, or what holds where it is not there; null when it is there and wrong.</summary>
    public string? Text(Located parent, string key, string @default) =>
        Find(parent, key) is { } place ? Text(place) : @default;

    public void Report(Located place, JobFindingKind kind, string problem, string remedy) =>
        format.Report(place.Node, kind, place.Path, problem, remedy);

    public static string Shown(string text) => FormatChecker.Shown(text);
}
