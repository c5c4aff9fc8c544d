using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Event;

namespace Akka.Contract.Tests.ClusterTools;

public sealed class PublishSubscribeTests
{
    private const string News = "news";

    [Fact]
    public async Task What_is_published_reaches_every_subscriber_on_every_node_once()
    {
        await using var nodes = await Nodes.Start(3);
        var inboxes = new List<Inbox>();
        for (var index = 0; index < 3; index++)
        {
            inboxes.Add(await Subscriber(nodes[index], $"a{index}"));
            inboxes.Add(await Subscriber(nodes[index], $"b{index}"));
        }

        await UntilKnown(nodes, 3);
        Mediator(nodes[1]).Tell(new Publish(News, "hello"));
        foreach (var inbox in inboxes)
            await inbox.Eventually("hello");
        Mediator(nodes[2]).Tell(new Publish(News, "again"));
        foreach (var inbox in inboxes)
            await inbox.Eventually("hello", "again");
    }

    [Fact]
    public async Task One_of_each_group_gets_what_is_published_to_each_group()
    {
        await using var nodes = await Nodes.Start(2);
        var alone = await Subscriber(nodes[0], "alone");
        Inbox[] readers = [await Subscriber(nodes[0], "r1", "readers"), await Subscriber(nodes[1], "r2", "readers")];
        Inbox[] writers = [await Subscriber(nodes[0], "w1", "writers"), await Subscriber(nodes[0], "w2", "writers")];
        await UntilTopics(nodes[1], News);
        await UntilTopics(nodes[0], News);
        await UntilKnown(nodes, 2);

        for (var number = 0; number < 20; number++)
            Mediator(nodes[0]).Tell(new Publish(News, $"{number}", sendOneMessageToEachGroup: true));
        foreach (var group in new[] { readers, writers })
        {
            await Nodes.Eventually(
                () => group.Sum(inbox => inbox.Received.Count) == 20,
                () => $"a group got {group.Sum(inbox => inbox.Received.Count)} of 20");
        }

        Assert.Empty(alone.Received);
        Mediator(nodes[0]).Tell(new Publish(News, "to those without a group"));
        await alone.Eventually("to those without a group");
        Assert.All(readers.Concat(writers), inbox => Assert.DoesNotContain("without", string.Concat(inbox.Received)));
    }

    [Fact]
    public async Task Send_goes_to_one_of_those_put_under_a_path_and_prefers_its_own_node_if_asked()
    {
        await using var nodes = await Nodes.Start(2);
        var (first, second) = (Put(nodes[0], "worker"), Put(nodes[1], "worker"));
        await UntilReached(nodes[0], "/user/worker", [first, second]);
        var before = second.Received.Count;

        for (var number = 0; number < 10; number++)
            Mediator(nodes[1]).Tell(new Send("/user/worker", $"here {number}", localAffinity: true));
        await Nodes.Eventually(
            () => second.Received.Count(text => text.StartsWith("here", StringComparison.Ordinal)) == 10,
            () => $"{second.Received.Count - before} of 10 stayed on the node");
        Assert.DoesNotContain(first.Received, text => text.StartsWith("here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendToAll_goes_to_one_on_each_node_and_leaves_out_its_own_if_asked()
    {
        await using var nodes = await Nodes.Start(2);
        var (first, second) = (Put(nodes[0], "worker"), Put(nodes[1], "worker"));
        await UntilReached(nodes[0], "/user/worker", [first, second]);

        Mediator(nodes[0]).Tell(new SendToAll("/user/worker", "all"));
        await Nodes.Eventually(
            () => first.Received.Contains("all") && second.Received.Contains("all"), "not all were reached");
        Mediator(nodes[0]).Tell(new SendToAll("/user/worker", "others", excludeSelf: true));
        await Nodes.Eventually(() => second.Received.Contains("others"), "the other node was not reached");
        Assert.DoesNotContain("others", first.Received);

        Mediator(nodes[1]).Tell(new Remove("/user/worker"));
        Mediator(nodes[1]).Tell(new Send("/user/worker", "to the one left"));
        await Nodes.Eventually(() => first.Received.Contains("to the one left"), "the one that is left got nothing");
    }

    [Fact]
    public async Task Whoever_unsubscribes_or_ends_gets_nothing_more()
    {
        await using var nodes = await Nodes.Start(1);
        var (first, second, third) = (new Inbox(), new Inbox(), new Inbox());
        var leaving = await Subscribe(nodes[0], first, "leaving");
        var ending = await Subscribe(nodes[0], second, "ending");
        await Subscribe(nodes[0], third, "staying");
        var unsubscribe = new Unsubscribe(News, leaving);
        var acknowledged = await Mediator(nodes[0]).Ask<UnsubscribeAck>(unsubscribe, Nodes.Patience);
        Assert.Equal(unsubscribe, acknowledged.Unsubscribe);
        Assert.True(await ending.GracefulStop(Nodes.Patience));

        Mediator(nodes[0]).Tell(new Publish(News, "hello"));
        await third.Eventually("hello");
        Assert.Empty(first.Received);
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task What_nobody_gets_is_a_dead_letter()
    {
        await using var nodes = await Nodes.Start(1);
        var letters = new Inbox();
        var listener = nodes[0].ActorOf(Props.Create(() => new Listener(letters)));
        nodes[0].EventStream.Subscribe(listener, typeof(DeadLetter));
        Mediator(nodes[0]).Tell(new Publish(News, "for nobody"));
        Mediator(nodes[0]).Tell(new Send("/user/nobody", "for nobody either"));
        await Nodes.Eventually(
            () => letters.Received.Any(letter => letter.Contains("for nobody either", StringComparison.Ordinal))
                && letters.Received.Any(letter => letter.TrimEnd('>').EndsWith("for nobody", StringComparison.Ordinal)),
            () => $"dead letters: [{string.Join(", ", letters.Received)}]");
    }

    [Fact]
    public async Task A_topic_is_known_everywhere_until_the_node_of_its_last_subscriber_is_gone()
    {
        await using var nodes = await Nodes.Start(2);
        Assert.Empty(await Topics(nodes[0]));
        await Subscriber(nodes[1], "reader");
        await UntilTopics(nodes[0], News);
        await nodes.Leave(nodes[1]);
        await UntilTopics(nodes[0]);
    }

    [Fact]
    public async Task A_node_that_comes_later_learns_what_was_there_before()
    {
        await using var nodes = await Nodes.Start(1);
        var inbox = await Subscriber(nodes[0], "reader");
        var late = await nodes.Add();
        await UntilTopics(late, News);
        Mediator(late).Tell(new Publish(News, "hello"));
        await inbox.Eventually("hello");
    }

    private static IActorRef Mediator(ActorSystem node) => DistributedPubSub.Get(node).Mediator;

    private static async Task<Inbox> Subscriber(ActorSystem node, string name, string? group = null)
    {
        var inbox = new Inbox();
        await Subscribe(node, inbox, name, group);
        return inbox;
    }

    private static async Task<IActorRef> Subscribe(ActorSystem node, Inbox inbox, string name, string? group = null)
    {
        var subscriber = node.ActorOf(inbox.Props, name);
        var subscribe = new Subscribe(News, subscriber, group);
        var acknowledged = await Mediator(node).Ask<SubscribeAck>(subscribe, Nodes.Patience);
        Assert.Equal(subscribe, acknowledged.Subscribe);
        return subscriber;
    }

    private static Inbox Put(ActorSystem node, string name)
    {
        var inbox = new Inbox();
        Mediator(node).Tell(new Put(node.ActorOf(inbox.Props, name)));
        return inbox;
    }

    private static async Task<IReadOnlyCollection<string>> Topics(ActorSystem node) =>
        [.. (await Mediator(node).Ask<CurrentTopics>(GetTopics.Instance, Nodes.Patience)).Topics];

    private static Task UntilTopics(ActorSystem node, params string[] expected)
    {
        IReadOnlyCollection<string> found = [];
        return Nodes.Eventually(
            async () => IsThat(found = await Topics(node), expected),
            () => $"expected the topics [{string.Join(", ", expected)}], there are [{string.Join(", ", found)}]");
    }

    /// <summary>Akka.NET has an entry without a name beside the topics when there are groups.</summary>
    private static bool IsThat(IReadOnlyCollection<string> found, string[] expected) =>
        found.Where(static topic => !string.IsNullOrEmpty(topic)).Order(StringComparer.Ordinal).SequenceEqual(expected);

    /// <summary>Every node's mediator knows of something on every other: marks of their own go through first.</summary>
    private static async Task UntilKnown(Nodes nodes, int count)
    {
        var marks = Enumerable.Range(0, count).Select(index => Put(nodes[index], "mark")).ToArray();
        for (var index = 0; index < count; index++)
            await UntilReached(nodes[index], "/user/mark", marks);
    }

    /// <summary>From this node, each of the inboxes can be reached under the path.</summary>
    private static Task UntilReached(ActorSystem node, string path, Inbox[] inboxes)
    {
        var probe = Guid.NewGuid().ToString();
        return Nodes.Eventually(
            () =>
            {
                Mediator(node).Tell(new SendToAll(path, probe));
                return inboxes.All(inbox => inbox.Received.Contains(probe));
            },
            () => $"{path} is not reached on every node");
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(Inbox letters) => Receive<DeadLetter>(letter =>
            letters.Add((letter.Message as IWrappedMessage ?? new Bare(letter.Message)).Message.ToString() ?? ""));
    }

    private sealed record Bare(object Message) : IWrappedMessage;
}
