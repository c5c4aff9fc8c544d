using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>Some nodes of one cluster, in this process. The first is the oldest.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private const string Settings = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """;

    internal const string Name = "tools";

    private readonly List<ActorSystem> _systems = [];
    private readonly Config _config;

    internal Nodes(string settings = "") => _config = ConfigurationFactory.ParseString(settings)
        .WithFallback(Defaults);

    internal static Config Defaults { get; } = ConfigurationFactory.ParseString(Settings);

    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    internal ActorSystem this[int index] => _systems[index];

    internal static Address AddressOf(ActorSystem system) => Cluster.Cluster.Get(system).SelfAddress;

    /// <summary>A cluster of so many; each is up before the next one comes.</summary>
    internal static async Task<Nodes> Start(int count, string settings = "")
    {
        var nodes = new Nodes(settings);
        for (var number = 0; number < count; number++)
            await nodes.Add();
        return nodes;
    }

    internal async Task<ActorSystem> Add(string settings = "")
    {
        var system = AddAlone(settings);
        await Join(system);
        return system;
    }

    /// <summary>A node that has not joined yet.</summary>
    internal ActorSystem AddAlone(string settings = "")
    {
        var system = ActorSystem.Create(Name, ConfigurationFactory.ParseString(settings).WithFallback(_config));
        _systems.Add(system);
        return system;
    }

    /// <param name="system">Joins.</param>
    /// <param name="seed">Whom; null: the first node.</param>
    internal async Task Join(ActorSystem system, Address? seed = null)
    {
        Cluster.Cluster.Get(system).Join(seed ?? AddressOf(_systems[0]));
        await Eventually(() => Cluster.Cluster.Get(system).IsUp, "the node did not come up");
    }

    /// <summary>The node goes in an orderly way.</summary>
    internal async Task Leave(ActorSystem system)
    {
        await system.Terminate().WaitAsync(Patience);
        _systems.Remove(system);
    }

    internal static Task Eventually(Func<bool> condition, string otherwise) => Eventually(condition, () => otherwise);

    internal static Task Eventually(Func<bool> condition, Func<string> otherwise) =>
        Eventually(() => Task.FromResult(condition()), otherwise);

    internal static async Task Eventually(Func<Task<bool>> condition, Func<string> otherwise)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            if (DateTime.UtcNow > until)
                Assert.Fail(otherwise());
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems.AsEnumerable().Reverse())
            await system.Terminate().WaitAsync(Patience);
    }
}
