using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Stashing;

public sealed class StashTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = OFF
        small { mailbox-type = "Akka.Dispatch.UnboundedDequeBasedMailbox", stash-capacity = 2 }
        """;

    public StashTests()
        : base(ConfigurationFactory.ParseString(Settings))
    {
    }

    [Fact]
    public void Stashed_messages_come_back_in_order_and_before_the_others()
    {
        var actor = Gate(Props.Create(() => new GateActor()));
        foreach (var number in new[] { 1, 2, 3 })
            actor.Tell(number);
        actor.Tell("open");
        actor.Tell(4);
        foreach (var number in new[] { 1, 2, 3, 4 })
            ExpectMsg(number);
    }

    [Fact]
    public void A_stashed_message_keeps_its_sender()
    {
        var probe = CreateTestProbe();
        var actor = Gate(Props.Create(() => new GateActor()));
        probe.Send(actor, 1);
        actor.Tell("open");
        probe.ExpectMsg(1);
    }

    [Fact]
    public void Unstash_brings_back_the_oldest_only()
    {
        var actor = Gate(Props.Create(() => new GateActor()));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("one");
        ExpectMsg(1);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void One_message_cannot_be_stashed_twice()
    {
        var actor = Gate(Props.Create(() => new GateActor()));
        actor.Tell("twice");
        Assert.IsType<IllegalActorStateException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void More_than_the_capacity_is_refused()
    {
        var actor = Gate(Props.Create(() => new GateActor()).WithStashCapacity(2));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(3);
        Assert.IsType<StashOverflowException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void The_capacity_can_come_from_the_mailboxes_settings()
    {
        var actor = Gate(Props.Create(() => new GateActor()).WithMailbox("small"));
        actor.Tell("capacity");
        ExpectMsg(2);
    }

    [Fact]
    public void A_restart_brings_stashed_messages_back()
    {
        var actor = Gate(Props.Create(() => new GateActor()));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("fail");
        actor.Tell("open");
        ExpectMsgAllOf(1, 2);
    }

    [Fact]
    public void The_stash_counts()
    {
        var actor = Gate(Props.Create(() => new GateActor()));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("count");
        ExpectMsg(2);
    }

    [Fact]
    public void What_is_stashed_at_the_end_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        var actor = Gate(Props.Create(() => new GateActor()));
        actor.Tell(1);
        actor.Tell(PoisonPill.Instance);
        Assert.Equal(1, ExpectMsg<Event.DeadLetter>().Message);
    }

    private IActorRef Gate(Props props) => Sys.ActorOf(props);

    private sealed class GateActor : ReceiveActor, IWithStash
    {
        public GateActor()
        {
            Receive<int>(_ => TryStash());
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => Receive<int>(number => Sender.Tell(number)));
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "one", _ =>
            {
                Become(() => Receive<int>(number => Sender.Tell(number)));
                Stash.Unstash();
            });
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                TryStash();
            });
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("on purpose"));
            Receive<string>(text => text == "count", _ => Sender.Tell(Stash.Count));
            Receive<string>(text => text == "capacity", _ => Sender.Tell(Stash.Capacity));
        }

        public IStash Stash { get; set; } = null!;

        private void TryStash()
        {
            try
            {
                Stash.Stash();
            }
            catch (AkkaException refused)
            {
                Sender.Tell(new Status.Failure(refused));
            }
        }
    }
}
