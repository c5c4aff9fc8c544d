using Akka.Actor;

namespace Akka.Contract.Tests.Behaviour;

public sealed class BecomeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Become_replaces_the_behaviour()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody()));
        actor.Tell("become");
        actor.Tell("who");
        ExpectMsg("other");
    }

    [Fact]
    public void Stacked_behaviours_come_back_in_order()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody()));
        Tell(actor, "push 1", "push 2", "who", "pop", "who", "pop", "who");
        foreach (var name in new[] { "2", "1", "first" })
            ExpectMsg(name);
    }

    [Fact]
    public void The_first_behaviour_cannot_be_taken_away()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody()));
        Tell(actor, "pop", "pop", "who");
        ExpectMsg("first");
    }

    [Fact]
    public void A_restart_brings_the_first_behaviour_back()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody()));
        Tell(actor, "become");
        actor.Tell(new InvalidOperationException("on purpose"));
        actor.Tell("who");
        ExpectMsg("first");
    }

    [Fact]
    public void An_untyped_actor_can_become_as_well()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Untyped()));
        Tell(actor, "swap", "x");
        ExpectMsg("swapped x");
    }

    private static void Tell(IActorRef actor, params string[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message);
    }

    private sealed class Moody : ReceiveActor
    {
        public Moody() => Answer("first");

        private void Answer(string name)
        {
            Receive<string>(text => text == "who", _ => Sender.Tell(name));
            Receive<string>(text => text == "become", _ => Become(() => Answer("other")));
            Receive<string>(text => text.StartsWith("push ", StringComparison.Ordinal), text =>
                BecomeStacked(() => Answer(text[5..])));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
            Receive<Exception>(failure => throw failure);
        }
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "swap")
                Become(next => Sender.Tell("swapped " + next));
        }
    }
}
