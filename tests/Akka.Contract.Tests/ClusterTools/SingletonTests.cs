using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Contract.Tests.ClusterTools;

public sealed class SingletonTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly Inbox _life = new();

    [Fact]
    public async Task It_runs_on_the_oldest_node_and_every_node_finds_it()
    {
        await using var nodes = await Nodes.Start(3);
        var proxies = Enumerable.Range(0, 3).Select(index => Run(nodes[index])).ToList();
        foreach (var proxy in proxies)
            await Eventually(proxy, nodes[0]);
        Assert.Equal(["started"], _life.Received);
    }

    [Fact]
    public async Task When_its_node_leaves_it_ends_in_its_own_way_before_the_next_one_starts()
    {
        await using var nodes = await Nodes.Start(2);
        var (oldest, next) = (nodes[0], nodes[1]);
        Run(oldest);
        var proxy = Run(next);
        await Eventually(proxy, oldest);

        await nodes.Leave(oldest);
        await Eventually(proxy, next);
        Assert.Equal(["started", "told to end", "stopped", "started"], _life.Received);
    }

    [Fact]
    public async Task What_is_sent_while_it_is_nowhere_waits_for_it()
    {
        await using var nodes = new Nodes();
        var node = nodes.AddAlone();
        var proxy = Run(node);
        for (var number = 1; number <= 3; number++)
            proxy.Tell($"message {number}");
        await nodes.Join(node);
        await _life.Eventually("started", "message 1", "message 2", "message 3");
    }

    [Fact]
    public async Task Of_too_many_that_wait_the_oldest_are_dropped()
    {
        await using var nodes = new Nodes("akka.cluster.singleton-proxy.buffer-size = 2");
        var node = nodes.AddAlone();
        var proxy = Run(node);
        for (var number = 1; number <= 4; number++)
            proxy.Tell($"message {number}");
        await nodes.Join(node);
        await _life.Eventually("started", "message 3", "message 4");
    }

    [Fact]
    public async Task It_runs_only_where_its_role_is()
    {
        await using var nodes = await Nodes.Start(1);
        var worker = await nodes.Add("akka.cluster.roles = [worker]");
        const string role = "worker";
        worker.ActorOf(
            ClusterSingletonManager.Props(
                WhereAmI.Props(_life), WhereAmI.EndNow, ClusterSingletonManagerSettings.Create(worker).WithRole(role)),
            "singleton");
        var proxy = nodes[0].ActorOf(ClusterSingletonProxy.Props(
            "/user/singleton", ClusterSingletonProxySettings.Create(nodes[0]).WithRole(role)));
        await Eventually(proxy, worker);
    }

    [Fact]
    public async Task One_that_ends_by_itself_is_not_started_again()
    {
        await using var nodes = await Nodes.Start(1);
        var proxy = Run(nodes[0]);
        await Eventually(proxy, nodes[0]);
        proxy.Tell(WhereAmI.Die);
        await _life.Eventually("started", "stopped");
        await Assert.ThrowsAsync<AskTimeoutException>(() => proxy.Ask<string>(WhereAmI.Question, s_soon));
        Assert.Equal(["started", "stopped"], _life.Received);
    }

#pragma warning disable CS0618 // Later versions of Akka.NET advise against the extension; they have it all the same.
    [Fact]
    public async Task The_extension_runs_and_finds_it_with_less_ado()
    {
        await using var nodes = await Nodes.Start(2);
        IActorRef Init(ActorSystem node) => ClusterSingleton.Get(node).Init(
            SingletonActor.Create(WhereAmI.Props(_life), "it").WithStopMessage(WhereAmI.EndNow));
        var (first, second) = (Init(nodes[0]), Init(nodes[1]));
        await Eventually(first, nodes[0]);
        await Eventually(second, nodes[0]);
        Assert.Equal(first, Init(nodes[0]));
    }
#pragma warning restore CS0618

    [Fact]
    public async Task The_settings_come_from_the_configuration()
    {
        await using var nodes = new Nodes("""
            akka.cluster.singleton { role = "master", use-lease = "some-lease", lease-retry-interval = 3s }
            akka.cluster.singleton-proxy { buffer-size = 7, singleton-identification-interval = 2s }
            """);
        var system = nodes.AddAlone();
        var manager = ClusterSingletonManagerSettings.Create(system);
        Assert.Equal("singleton", manager.SingletonName);
        Assert.Equal("master", manager.Role);
        Assert.Equal(TimeSpan.FromSeconds(1), manager.HandOverRetryInterval);
        Assert.NotNull(manager.LeaseSettings);
        Assert.Equal("some-lease", manager.LeaseSettings.LeaseImplementation);
        Assert.Equal(TimeSpan.FromSeconds(3), manager.LeaseSettings.LeaseRetryInterval);
        var proxy = ClusterSingletonProxySettings.Create(system).WithSingletonName("it").WithRole("master");
        Assert.Equal("it", proxy.SingletonName);
        Assert.Equal("master", proxy.Role);
        Assert.Equal(7, proxy.BufferSize);
        Assert.Equal(TimeSpan.FromSeconds(2), proxy.SingletonIdentificationInterval);
    }

    private static Task Eventually(IActorRef proxy, ActorSystem node) => Nodes.Eventually(
        async () =>
        {
            try
            {
                return await proxy.Ask<string>(WhereAmI.Question, s_soon) == Nodes.AddressOf(node).ToString();
            }
            catch (AskTimeoutException)
            {
                return false;
            }
        },
        () => $"the singleton is not found on {Nodes.AddressOf(node)}");

    private IActorRef Run(ActorSystem node)
    {
        node.ActorOf(
            ClusterSingletonManager.Props(
                WhereAmI.Props(_life), WhereAmI.EndNow, ClusterSingletonManagerSettings.Create(node)), "singleton");
        return node.ActorOf(
            ClusterSingletonProxy.Props("/user/singleton", ClusterSingletonProxySettings.Create(node)), "proxy");
    }
}
