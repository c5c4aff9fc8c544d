using System.Collections.Immutable;
using ClusterScheduler.Sdk.Joining;

namespace BatchProcess;

/// <summary>What the command line says.</summary>
public sealed record BatchOptions(string Seeds, string JournalFile, string LinesFile)
{
    /// <summary>The settings that the cluster's nodes have; none: the defaults.</summary>
    public string? ConfigFile { get; private init; }

    /// <summary>An address of this machine; none: only nodes on this machine reach it.</summary>
    public string? Bind { get; private init; }

    public string? SecretFile { get; private init; }

    public bool Insecure { get; private init; }

    /// <summary>None when it cannot be read.</summary>
    public static BatchOptions? Parse(string[] args)
    {
        var options = new BatchOptions("", "", "");
        var at = 0;
        for (; at < args.Length && args[at].StartsWith("--", StringComparison.Ordinal); at++)
        {
            switch (args[at])
            {
                case "--insecure":
                    options = options with { Insecure = true };
                    break;
                case "--bind" when at + 1 < args.Length:
                    options = options with { Bind = args[++at] };
                    break;
                case "--config" when at + 1 < args.Length:
                    options = options with { ConfigFile = args[++at] };
                    break;
                case "--secret-file" when at + 1 < args.Length:
                    options = options with { SecretFile = args[++at] };
                    break;
                default:
                    return null;
            }
        }

        return args.Length - at == 3
            ? options with { Seeds = args[at], JournalFile = args[at + 1], LinesFile = args[at + 2] }
            : null;
    }

    public JoinSettings ToJoin()
    {
        var join = new JoinSettings([.. Seeds.Split(',')])
        {
            ConfigFile = ConfigFile,
            SharedSecret = SecretFile is null ? "" : Read(SecretFile).Trim(),
            Insecure = Insecure,
            Hocon = "akka { loglevel = ERROR, stdout-loglevel = ERROR }",
        };
        return Bind is null ? join : join with { BindHost = Bind };
    }

    /// <summary>The lines to run.</summary>
    public ImmutableArray<string> Lines() =>
        [.. Read(LinesFile).Split('\n').Select(static line => line.TrimEnd('\r')).Where(static line => line != "")];

    private static string Read(string path) =>
        Directory.Exists(path) ? throw new IOException($"'{path}' is a directory, and must be a file")
        : !File.Exists(path) ? throw new IOException($"there is no file '{path}'")
        : File.ReadAllText(path);
}
