using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Behaviour;

public sealed class ReceiveAsyncTests : Akka.TestKit.Xunit2.TestKit
{
    public ReceiveAsyncTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public void The_next_message_waits_for_the_handler_to_end()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        actor.Tell("wait");
        actor.Tell("next");
        ExpectMsg("before");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        gate.SetResult();
        ExpectMsg("after");
        ExpectMsg("next");
    }

    [Fact]
    public void Self_and_sender_are_the_same_after_an_await()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        actor.Tell("self");
        gate.SetResult();
        ExpectMsg(actor);
    }

    [Fact]
    public void A_failure_after_an_await_is_the_supervisors()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        actor.Tell("fail");
        actor.Tell("next");
        gate.SetResult();
        ExpectMsg("restarting: on purpose (fail)");
        ExpectMsg("next");
    }

    [Fact]
    public void A_failure_before_any_await_is_the_supervisors_too()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(Task.CompletedTask)));
        actor.Tell("fail");
        ExpectMsg("restarting: on purpose (fail)");
    }

    [Fact]
    public void A_handler_that_ends_at_once_does_not_hold_up_anything()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(Task.CompletedTask)));
        actor.Tell("wait");
        actor.Tell("next");
        ExpectMsg("before");
        ExpectMsg("after");
        ExpectMsg("next");
    }

    [Fact]
    public void An_actor_can_be_stopped_while_its_handler_waits()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(new TaskCompletionSource().Task)));
        actor.Tell("wait");
        ExpectMsg("before");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void An_untyped_actor_runs_tasks_with_the_mailbox_closed()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Untyped(gate.Task)));
        actor.Tell("wait");
        actor.Tell("next");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        gate.SetResult();
        ExpectMsg("waited");
        ExpectMsg("next");
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(Task gate)
        {
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                Sender.Tell("before");
                await gate;
                Sender.Tell("after");
            });
            ReceiveAsync<string>(text => text == "self", async _ =>
            {
                await gate;
                Sender.Tell(Self);
            });
            ReceiveAsync<string>(text => text == "fail", async _ =>
            {
                await gate;
                throw new InvalidOperationException("on purpose");
            });
            Receive<string>(text => Sender.Tell(text));
        }

        protected override void PreRestart(Exception reason, object? message) =>
            Sender.Tell($"restarting: {reason.Message} ({message})");
    }

    private sealed class Untyped : UntypedActor
    {
        private readonly Task _gate;

        public Untyped(Task gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            if (message is not "wait")
            {
                Sender.Tell(message);
                return;
            }

            RunTask(async () =>
            {
                await _gate;
                Sender.Tell("waited");
            });
        }
    }
}
