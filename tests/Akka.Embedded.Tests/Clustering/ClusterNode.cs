using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Daemon;
using Akka.Configuration;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>
/// A node whose line to others can be cut, and whose clock can be put forward as if it had been frozen.
/// </summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    internal const string Fast =
        """
        akka.cluster.embedded {
          leader-lease = 1500ms, leader-lease-renewal = 250ms, election-interval = 150ms
          heartbeat-interval = 250ms, member-lease = 2500ms, unreachable-after = 1s, join-interval = 100ms
        }
        """;

    private const string Common =
        """
        akka {
          loglevel = OFF, stdout-loglevel = OFF
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          remote.retry-gate-closed-for = 100ms
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Address, bool> _cut = new();
    private volatile bool _isAlone;
    private volatile bool _isStoreCut;

    internal ClusterNode(string settings, string name = "sys")
    {
        Clock = new SkippingClock();
        var config = ConfigurationFactory.ParseString(settings)
            .WithFallback(ConfigurationFactory.ParseString(Fast))
            .WithFallback(ConfigurationFactory.ParseString(Common));
        System = ActorSystem.Create(name, ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(config),
            new MembershipSetup(
                Clock, address => _isAlone || _cut.ContainsKey(address),
                store => new CuttableStore(store, () => IsStoreCut || _isAlone))));
        Cluster = Akka.Cluster.Cluster.Get(System);
    }

    internal SkippingClock Clock { get; }

    internal ActorSystem System { get; }

    internal Cluster.Cluster Cluster { get; }

    internal Address Address => Cluster.SelfAddress;

    internal bool IsLeader => !Cluster.IsTerminated && Cluster.State.Leader == Address;

    public async ValueTask DisposeAsync() => await System.Terminate().WaitAsync(s_patience);

    /// <summary>Whether the store answers with a failure.</summary>
    internal bool IsStoreCut
    {
        get => _isStoreCut;
        set => _isStoreCut = value;
    }

    /// <summary>From now on nothing comes from it or goes to it, as of a process that is gone or frozen.</summary>
    internal void Isolate() => _isAlone = true;

    /// <summary>As <see cref="Isolate"/>, and it does not see that time goes by: nothing tells it to stop.</summary>
    internal void Freeze()
    {
        Isolate();
        Clock.Stop();
    }

    internal void CutFrom(ClusterNode other)
    {
        _cut[other.Address] = true;
        other._cut[Address] = true;
    }

    internal Task WhenUp(int members) => When(
        () => Cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == members,
        () => $"{members} members up on {Address}, not {string.Join(", ", Cluster.State.Members)}");

    internal Task WhenRemoved() => When(() => Cluster.IsTerminated, () => $"{Address} removed");

    internal static async Task When(Func<bool> condition, Func<string> what)
    {
        var until = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < until, $"Waited for {what()}.");
            await Task.Delay(5);
        }
    }
}
