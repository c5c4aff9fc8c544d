using ClusterScheduler.Sdk.Joining;

namespace BatchProcess;

/// <summary>What the command line says.</summary>
public sealed record BatchOptions(string Seeds, string JournalFile, string LinesFile, string? ConfigFile)
{
    /// <summary>An address of this machine; none: only nodes on this machine reach it.</summary>
    public string? Bind { get; private init; }

    public string? SecretFile { get; private init; }

    public bool Insecure { get; private init; }

    /// <summary>None when it cannot be read.</summary>
    public static BatchOptions? Parse(string[] args)
    {
        var options = new BatchOptions("", "", "", null);
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
                case "--secret-file" when at + 1 < args.Length:
                    options = options with { SecretFile = args[++at] };
                    break;
                default:
                    return null;
            }
        }

        return args.Length - at is 3 or 4
            ? options with
            {
                Seeds = args[at],
                JournalFile = args[at + 1],
                LinesFile = args[at + 2],
                ConfigFile = args.ElementAtOrDefault(at + 3),
            }
            : null;
    }

    public JoinSettings ToJoin()
    {
        var join = new JoinSettings([.. Seeds.Split(',')])
        {
            ConfigFile = ConfigFile,
            SharedSecret = SecretFile is null ? "" : File.ReadAllText(SecretFile).Trim(),
            Insecure = Insecure,
            Hocon = "akka { loglevel = WARNING, stdout-loglevel = WARNING }",
        };
        return Bind is null ? join : join with { BindHost = Bind };
    }
}
