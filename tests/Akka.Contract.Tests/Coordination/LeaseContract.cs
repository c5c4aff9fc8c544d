using Akka.Actor;
using Akka.Contract.Tests.Databases;
using Akka.Coordination;

namespace Akka.Contract.Tests.Coordination;

/// <summary>Leases between actor systems that share a database.</summary>
public abstract class LeaseContract : IAsyncLifetime
{
    private readonly List<ActorSystem> _systems = [];

    /// <summary>Connection string and provider's name.</summary>
    private protected abstract (string Connection, string Provider) Database { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.WhenAll(_systems.Select(system => system.Terminate()));

    [StoreFact]
    public async Task One_system_has_it_until_it_gives_it_back()
    {
        var (first, second) = (Lease(Node(), "first"), Lease(Node(), "second"));

        Assert.True(await first.Acquire());
        Assert.False(await second.Acquire());
        Assert.True(first.CheckLease());
        Assert.False(second.CheckLease());

        Assert.True(await first.Release());
        Assert.False(first.CheckLease());
        Assert.True(await second.Acquire());
        Assert.True(second.CheckLease());
    }

    [StoreFact]
    public async Task Of_a_system_that_is_gone_another_gets_it_after_the_timeout()
    {
        var gone = Node();
        Assert.True(await Lease(gone, "first").Acquire());
        await gone.Terminate();

        var second = Lease(Node(), "second");
        var until = DateTime.UtcNow.AddSeconds(30);
        while (!await second.Acquire() && DateTime.UtcNow < until)
        {
            await Task.Delay(50);
        }

        Assert.True(second.CheckLease());
    }

    [StoreFact]
    public async Task The_same_lease_is_the_same_object()
    {
        var system = Node();

        Assert.Same(Lease(system, "first"), Lease(system, "first"));
        Assert.NotSame(Lease(system, "first"), Lease(system, "second"));
        Assert.True(await Lease(system, "first").Acquire());
        Assert.True(await Lease(system, "first").Acquire());
    }

    private static Lease Lease(ActorSystem system, string owner) =>
        LeaseProvider.Get(system).GetLease("master", "test-lease", owner);

    private ActorSystem Node()
    {
        var system = ActorSystem.Create(
            "leases",
            $$"""
              akka.loglevel = OFF
              akka.stdout-loglevel = OFF
              test-lease {
                lease-class = "Akka.Coordination.Sql.SqlLease, Akka.Contract.Tests"
                connection-string = "{{Database.Connection}}"
                provider-name = "{{Database.Provider}}"
                heartbeat-timeout = 2s
                heartbeat-interval = 200ms
              }
              """);
        _systems.Add(system);
        return system;
    }
}
