namespace Akka.Embedded.Tests.Api;

/// <summary>
/// The public and protected members of Akka.NET 1.5, one a line, as reflection showed them:
/// <c>Type [kind] : Base</c>, <c>Type implements Interface</c>, <c>Type::member</c>.
/// </summary>
internal sealed class ApiList
{
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _implements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);

    internal static string? File { get; } = Find();

    internal static ApiList Read()
    {
        var list = new ApiList();
        foreach (var line in System.IO.File.ReadLines(File!))
            list.Add(line);
        return list;
    }

    internal string? KindOf(string type) => _kinds.GetValueOrDefault(type);

    internal bool Implements(string type, string contract) => _implements.Contains($"{type} implements {contract}");

    /// <summary>The member as the list has it; found without regard to virtual, accessors and defaults.</summary>
    internal string? Member(string line) => _members.GetValueOrDefault(Key(line)) ?? LongerMember(Key(line));

    /// <summary>The same with further parameters that can all be left out: no call can tell the difference.</summary>
    private string? LongerMember(string key)
    {
        if (!key.EndsWith(')'))
            return null;
        var beginning = key[..^1] + (key.EndsWith("()", StringComparison.Ordinal) ? "" : ", ");
        foreach (var (longer, line) in _members)
        {
            if (!longer.StartsWith(beginning, StringComparison.Ordinal))
                continue;
            var optional = line.Split(" = default").Length - 1;
            if (longer[beginning.Length..].Split(", ").Length <= optional)
                return line;
        }

        return null;
    }

    private static string Key(string line)
    {
        var key = line.Replace("virtual ", "", StringComparison.Ordinal)
            .Replace("abstract ", "", StringComparison.Ordinal)
            .Replace(" = default", "", StringComparison.Ordinal);
        var accessors = key.IndexOf(" {", StringComparison.Ordinal);
        return accessors < 0 ? key : key[..accessors];
    }

    private void Add(string line)
    {
        if (line.Contains("::", StringComparison.Ordinal))
            _members[Key(line)] = line;
        else if (line.Contains(" implements ", StringComparison.Ordinal))
            _implements.Add(line);
        else if (line.IndexOf(" [", StringComparison.Ordinal) is var at and > 0)
            _kinds[line[..at]] = line[(at + 2)..line.LastIndexOf(']')];
    }

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(
            AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, "shared", "engine", "akka-api-1.5.txt");
            if (System.IO.File.Exists(file))
                return file;
        }

        return null;
    }
}
