using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Puts every message where the test waits for it.</summary>
internal sealed class InternalTestActor : UntypedActor
{
    private readonly TestMessageQueue _queue;
    private AutoPilot _pilot = AutoPilot.NoAutoPilot;
    private Func<object, bool>? _ignore;

    public InternalTestActor(TestMessageQueue queue) => _queue = queue;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case SetIgnore ignore:
                _ignore = ignore.Ignore;
                break;
            case SetAutoPilot pilot:
                _pilot = pilot.Pilot;
                break;
            case WatchFor watch:
                Context.Watch(watch.Target);
                break;
            case UnwatchFor unwatch:
                Context.Unwatch(unwatch.Target);
                break;
            case SpawnChild spawn:
                Sender.Tell(Context.ActorOf(spawn.Props, spawn.Name));
                break;
            default:
                Take(message);
                break;
        }
    }

    protected override void PostStop()
    {
        foreach (var left in _queue.TakeAll())
            Context.System.DeadLetters.Tell(new Event.DeadLetter(left.Message, left.Sender, Self), left.Sender);
    }

    private void Take(object message)
    {
        var next = _pilot.Run(Sender, message);
        if (next is not KeepRunning)
            _pilot = next;
        if (_ignore is null || !_ignore(message))
            _queue.Add(new RealMessageEnvelope(message, Sender));
    }

    internal sealed record SetIgnore(Func<object, bool>? Ignore) : INoSerializationVerificationNeeded;

    internal sealed record SetAutoPilot(AutoPilot Pilot) : INoSerializationVerificationNeeded;

    internal sealed record WatchFor(IActorRef Target) : INoSerializationVerificationNeeded;

    internal sealed record UnwatchFor(IActorRef Target) : INoSerializationVerificationNeeded;

    internal sealed record SpawnChild(Props Props, string? Name) : INoSerializationVerificationNeeded;
}
