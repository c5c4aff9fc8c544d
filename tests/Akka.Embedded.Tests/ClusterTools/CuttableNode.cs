using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Daemon;
using Akka.Configuration;

namespace Akka.Embedded.Tests.ClusterTools;

/// <summary>A node of a cluster in this process that can be cut off from the others, as by a pulled cable.</summary>
internal sealed class CuttableNode
{
    private const string Settings = """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          remote.retry-gate-closed-for = 100ms
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        akka.cluster.embedded {
          leader-lease = 1500ms, leader-lease-renewal = 250ms, election-interval = 150ms
          heartbeat-interval = 250ms, member-lease = 2500ms, unreachable-after = 1s, join-interval = 100ms
        }
        """;

    private volatile bool _isCut;

    internal CuttableNode(string settings = "")
    {
        var config = ConfigurationFactory.ParseString(settings)
            .WithFallback(ConfigurationFactory.ParseString(Settings));
        System = ActorSystem.Create("tools", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config),
            new MembershipSetup(isCut: _ => _isCut)));
        Cluster = Akka.Cluster.Cluster.Get(System);
    }

    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    internal ActorSystem System { get; }

    internal Cluster.Cluster Cluster { get; }

    internal Address Address => Cluster.SelfAddress;

    /// <summary>Nothing that membership says comes from it or to it any more.</summary>
    internal void Cut() => _isCut = true;

    internal async Task Join(CuttableNode other)
    {
        Cluster.Join(other.Address);
        await When(() => Cluster.IsUp, () => $"{Address} to be up");
    }

    internal static async Task When(Func<bool> condition, Func<string> what)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > until)
                Assert.Fail($"Waited in vain for {what()}.");
            await Task.Delay(2);
        }
    }
}
