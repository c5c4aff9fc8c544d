using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>A refusal to let a node in, of a kind that is known.</summary>
/// <param name="ExitCode">Of the kind.</param>
/// <param name="Text">What the other node said, and which one it was.</param>
/// <param name="Remedy">What would be right.</param>
internal sealed record JoinRefusal(int ExitCode, string Text, string Remedy)
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
        EngineRefusal.Find(text) is { } refusal
            ? new JoinRefusal(Kinds[refusal.Kind].Code, refusal.Text, Kinds[refusal.Kind].Remedy)
            : null;

    public UserException AsException() =>
        new($"this node was not let in: {Text}.\n{Remedy}.", ExitCode);
}
