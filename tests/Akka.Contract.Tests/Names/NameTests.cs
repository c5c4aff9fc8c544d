using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Names;

public sealed class NameTests : Akka.TestKit.Xunit2.TestKit
{
    public NameTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public void A_name_is_unique_among_siblings_and_free_again_after_the_end()
    {
        var first = Sys.ActorOf(BlackHoleActor.Props, "unique");
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(BlackHoleActor.Props, "unique"));
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        AwaitAssert(() => Sys.ActorOf(BlackHoleActor.Props, "unique"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$begins-with-the-systems-sign")]
    [InlineData("has space")]
    [InlineData("has/slash")]
    [InlineData("ümlaut")]
    [InlineData("half%2")]
    public void Malformed_names_are_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(BlackHoleActor.Props, name));

    [Theory]
    [InlineData("plain")]
    [InlineData("with-dash_and.dot")]
    [InlineData("a:b@c&d=e+f,g;h")]
    [InlineData("escaped%20space")]
    public void Other_names_are_kept(string name) =>
        Assert.Equal(name, Sys.ActorOf(BlackHoleActor.Props, name).Path.Name);

    [Fact]
    public void Without_a_name_each_actor_gets_one()
    {
        var names = Enumerable.Range(0, 10).Select(_ => Sys.ActorOf(BlackHoleActor.Props).Path.Name).ToList();
        Assert.Equal(10, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_incarnation_has_the_path_but_is_another_actor()
    {
        var first = Sys.ActorOf(BlackHoleActor.Props, "twice");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        IActorRef? second = null;
        AwaitAssert(() => second = Sys.ActorOf(BlackHoleActor.Props, "twice"));
        Assert.Equal(first.Path, second!.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
    }

    [Fact]
    public void An_actor_cannot_be_made_with_new() =>
        Assert.Throws<ActorInitializationException>(() => OffThread(() => new Plain()));

    [Fact]
    public void An_unknown_dispatcher_is_refused() => Assert.Throws<ConfigurationException>(
        () => Sys.ActorOf(BlackHoleActor.Props.WithDispatcher("no-such-dispatcher")));

    [Theory]
    [InlineData("akka://sys/user/a/b", "akka://sys", "b", 3)]
    [InlineData("akka.tcp://sys@host:4053/user/a#123", "akka.tcp://sys@host:4053", "a", 2)]
    public void Paths_are_read_from_text(string text, string address, string name, int depth)
    {
        var path = ActorPath.Parse(text);
        Assert.Equal(address, path.Address.ToString());
        Assert.Equal(name, path.Name);
        Assert.Equal(depth, path.Elements.Count);
        Assert.Equal(text, path.ToSerializationFormat());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("akka.tcp://sys@host:no-port/user")]
    [InlineData("")]
    public void What_is_no_path_is_not_read(string text) => Assert.False(ActorPath.TryParse(text, out _));

    [Fact]
    public void Addresses_compare_by_all_their_parts()
    {
        var local = new Address("akka", "sys");
        var remote = new Address("akka.tcp", "sys", "host", 1);
        Assert.True(local.HasLocalScope);
        Assert.True(remote.HasGlobalScope);
        Assert.Equal("akka.tcp://sys@host:1", remote.ToString());
        Assert.Equal(remote, Address.Parse("akka.tcp://sys@host:1"));
        Assert.NotEqual(remote, remote.WithPort(2));
    }

    private static ActorBase OffThread(Func<ActorBase> make)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(make));
        thread.Start();
        thread.Join();
        throw failure!;
    }

    private sealed class Plain : ReceiveActor;
}
