using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace Akka.Contract.Tests.Clustering;

/// <summary>A cluster node with a test kit of its own; several of them live in one process.</summary>
internal sealed class Node : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>The real one gossips once a second; a few rounds must fit.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Common =
        """
        akka {
          loglevel = WARNING
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster {
            jmx.enabled = off
            gossip-interval = 200ms
            leader-actions-interval = 200ms
            unreachable-nodes-reaper-interval = 200ms
            periodic-tasks-initial-delay = 100ms
            allow-weakly-up-members = off
          }
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    internal Node(string settings = "")
        : base(ConfigurationFactory.ParseString(settings).WithFallback(ConfigurationFactory.ParseString(Common)), "sys")
        => Cluster = Akka.Cluster.Cluster.Get(Sys);

    internal Cluster.Cluster Cluster { get; }

    internal Address Address => Cluster.SelfAddress;

    internal Task WhenUp(int members) => AwaitAssertAsync(
        () => Assert.Equal(
            members, Cluster.State.Members.Count(member => member.Status == MemberStatus.Up)), Patience);
}
