using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Selection;

public sealed class SelectionTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(5);

    public SelectionTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Theory]
    [InlineData("/user/tree")]
    [InlineData("akka://test/user/tree")]
    [InlineData("user/tree")]
    [InlineData("/user/tree/../tree")]
    public async Task One_actor_is_found_by_its_path(string path)
    {
        var tree = Plant();
        Assert.Equal(tree, await Sys.ActorSelection(path).ResolveOne(s_long));
    }

    [Theory]
    [InlineData("/user/tree/*", "leaf-1", "leaf-2", "twig")]
    [InlineData("/user/tree/leaf-?", "leaf-1", "leaf-2")]
    [InlineData("/user/*/twig", "twig")]
    [InlineData("/user/tree/**", "leaf-1", "leaf-2", "twig", "bud")]
    [InlineData("/user/tree/twig/*", "bud")]
    public void Wildcards_find_all_that_match(string path, params string[] names)
    {
        Plant();
        Sys.ActorSelection(path).Tell(new Identify(path));
        var found = ReceiveN(names.Length).Cast<ActorIdentity>().Select(identity => identity.Subject.Path.Name);
        Assert.Equal(names.Order(), found.Order());
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Nobody_there_is_said_so()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify(7));
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal(7, identity.MessageId);
        Assert.Null(identity.Subject);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(s_long));
    }

    [Fact]
    public void A_message_to_nobody_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        Sys.ActorSelection("/user/nobody").Tell("lost");
        var letter = ExpectMsg<Event.DeadLetter>();
        Assert.Equal("lost", letter.Message);
        Assert.Equal("akka://test/user/nobody", letter.Recipient.Path.ToString());
    }

    [Fact]
    public async Task An_actor_selects_from_where_it_is()
    {
        var tree = Plant();
        Assert.Equal(tree, await tree.Ask<IActorRef>("../tree", s_long));
        Assert.Equal("leaf-1", (await tree.Ask<IActorRef>("leaf-1", s_long)).Path.Name);
    }

    [Fact]
    public void Two_selections_are_equal_when_they_select_the_same()
    {
        Assert.Equal(Sys.ActorSelection("/user/a/*"), Sys.ActorSelection("/user/a/*"));
        Assert.NotEqual(Sys.ActorSelection("/user/a/*"), Sys.ActorSelection("/user/a/b"));
    }

    private IActorRef Plant()
    {
        var tree = Sys.ActorOf(Props.Create(() => new Tree()), "tree");
        tree.Tell(new Identify("planted"));
        ExpectMsg<ActorIdentity>();

        // The tree has grown a twig, which has yet to start before it has a bud.
        Sys.ActorSelection("/user/tree/twig").Tell(new Identify("grown"));
        ExpectMsg<ActorIdentity>();
        return tree;
    }

    private sealed class Tree : ReceiveActor
    {
        public Tree()
        {
            foreach (var name in new[] { "leaf-1", "leaf-2" })
                Context.ActorOf(BlackHoleActor.Props, name);
            Context.ActorOf(Props.Create(() => new Twig()), "twig");
            Receive<string>(path =>
            {
                var asking = Sender;
                Context.ActorSelection(path).ResolveOne(s_long).PipeTo(asking);
            });
        }
    }

    private sealed class Twig : ReceiveActor
    {
        public Twig() => Context.ActorOf(BlackHoleActor.Props, "bud");
    }
}
