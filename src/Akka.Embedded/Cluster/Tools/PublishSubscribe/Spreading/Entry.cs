namespace Akka.Cluster.Tools.PublishSubscribe.Spreading;

internal enum EntryKind : byte
{
    /// <summary>An actor that was put under its path.</summary>
    Path = 1,

    /// <summary>Subscribers without a group.</summary>
    Topic = 2,

    /// <summary>Subscribers of one group.</summary>
    Group = 3,
}

/// <summary>Something that a node has somebody for.</summary>
internal readonly record struct Entry(EntryKind Kind, string Name, string Group)
{
    internal static Entry Path(string path) => new(EntryKind.Path, path, "");

    internal static Entry Topic(string topic, string? group) =>
        string.IsNullOrEmpty(group) ? new(EntryKind.Topic, topic, "") : new(EntryKind.Group, topic, group);
}
