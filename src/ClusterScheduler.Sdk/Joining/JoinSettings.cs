namespace ClusterScheduler.Sdk.Joining;

/// <summary>How a process of a framework author becomes a member of a cluster.</summary>
/// <param name="Seeds">
/// Nodes to join through, such as <c>akka.tcp://csched@10.0.0.1:4053</c>; at least one, better the three masters. All
/// have the cluster's name before the @. They are written so where nodes have TLS, too.
/// </param>
public sealed record JoinSettings(ImmutableArray<string> Seeds)
{
    /// <summary>
    /// A HOCON file with the settings that the cluster's nodes have (<c>cluster-scheduler.cluster</c>: leases, number
    /// of shards, secret, time to join); none: the defaults.
    /// </summary>
    public string? ConfigFile { get; init; }

    /// <summary>
    /// The address to listen on; other nodes must reach it, so loopback is for seeds on this machine. Outside loopback
    /// it takes a shared secret where the engine has others prove it (the embedded one), or TLS that asks for
    /// certificates (<c>akka.remote.dot-netty.tcp.enable-ssl</c>, in the file or in <see cref="Hocon"/>).
    /// </summary>
    public string BindHost { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on; 0: any that is free.</summary>
    public int BindPort { get; init; }

    /// <summary>What proves to the other nodes that this one may join; empty: that of the file.</summary>
    public string SharedSecret { get; init; } = "";

    /// <summary>
    /// Listen outside loopback though other machines need prove nothing: whoever reaches the address can then make this
    /// process do anything.
    /// </summary>
    public bool Insecure { get; init; }

    /// <summary>HOCON of the actor system, above everything else: loggers, dispatchers.</summary>
    public string Hocon { get; init; } = "";
}
