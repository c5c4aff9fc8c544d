using System.Text.RegularExpressions;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// A refusal to let a node in, of a kind that is known. The engine says the kind in a word, then the text.
/// </summary>
/// <param name="ExitCode">Of the kind.</param>
/// <param name="Text">What the other node said.</param>
/// <param name="Remedy">What would be right.</param>
internal sealed partial record JoinRefusal(int ExitCode, string Text, string Remedy)
{
    private static readonly Dictionary<string, (int Code, string Remedy)> Kinds = new(StringComparer.Ordinal)
    {
        ["WrongSecret"] = (Commands.ExitCode.WrongSecret,
            "Give this node the secret of the cluster: --secret-file, or cluster.shared-secret"),
        ["OtherCluster"] = (Commands.ExitCode.OtherCluster,
            "Name a seed of this node's cluster, or the cluster of the seed with --name"),
        ["OtherAddress"] = (Commands.ExitCode.SeedsSilent,
            "Name the seed as it names itself: its --public-address, or its --bind"),
        ["OtherTransport"] = (Commands.ExitCode.WrongInput,
            "Give all nodes of the cluster TLS (akka.remote.dot-netty.tcp.enable-ssl), or none"),
        ["OtherProtocol"] = (Commands.ExitCode.OtherProtocol, "Run the same version of csched on all nodes"),
        ["ClockOff"] = (Commands.ExitCode.ClockOff, "Set the clock of this machine (NTP)"),
        ["OtherStore"] = (Commands.ExitCode.OtherClustersStore,
            "Give all nodes of the roles master and framework the same --store"),
        ["AddressTaken"] = (Commands.ExitCode.AddressTaken, "Say another address with --bind or --public-address"),
        ["IncompatibleSettings"] = (Commands.ExitCode.WrongInput,
            "Give all nodes, agents and processes of frameworks too, the same cluster.shards and the same leases: the "
            + "same --profile, or cluster.heartbeat, cluster.leader-lease, cluster.member-lease and "
            + "cluster.master-lease in their files"),
    };

    /// <summary>The refusal that a text speaks of; none when it is of no known kind.</summary>
    public static JoinRefusal? Find(string? text) =>
        text is not null && Kind().Match(text) is { Success: true } found
            ? new JoinRefusal(
                Kinds[found.Groups["kind"].Value].Code,
                InOwnWords(found.Groups["text"].Value.Trim().TrimEnd('.', '\'')),
                Kinds[found.Groups["kind"].Value].Remedy)
            : null;

    /// <summary>Settings of the engine are called as the product's own that stand for them.</summary>
    public static string InOwnWords(string text) => text
        .Replace("akka.cluster.embedded.clock-difference-max", "cluster.clock-skew-max", StringComparison.Ordinal)
        .Replace("akka.remote.embedded.shared-secret", "cluster.shared-secret", StringComparison.Ordinal)
        .Replace("akka.cluster.embedded.store", "store.url", StringComparison.Ordinal);

    public UserException AsException() =>
        new($"this node was not let in: {Text}.\n{Remedy}.", ExitCode);

    [GeneratedRegex(
        @"\b(?<kind>WrongSecret|OtherCluster|OtherAddress|OtherTransport|OtherProtocol|ClockOff|OtherStore|"
        + @"AddressTaken|IncompatibleSettings): (?<text>.*)",
        RegexOptions.Singleline)]
    private static partial Regex Kind();
}
