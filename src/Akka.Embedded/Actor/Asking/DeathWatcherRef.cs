using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Watches one actor for code that is no actor.</summary>
internal sealed class DeathWatcherRef : ActorRefBase
{
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorSystemImpl _system;

    internal DeathWatcherRef(ActorSystemImpl system)
    {
        _system = system;
        Path = system.TemporaryRefs.NextPath();
        system.TemporaryRefs.Add(Path, this);
    }

    public override ActorPath Path { get; }

    internal Task<bool> Ended => _ended.Task;

    internal override ActorSystemImpl Owner => _system;

    internal void GiveUp(ActorRefBase watched)
    {
        watched.SendSystem(new Unwatch(watched, this));
        Finish(ended: false);
    }

    internal override void SendSystem(SystemMessage message)
    {
        if (message is DeathWatchNotification)
            Finish(ended: true);
    }

    protected override void TellInternal(object message, IActorRef? sender) =>
        _system.ToDeadLetters(message, sender, this);

    private void Finish(bool ended)
    {
        if (_ended.TrySetResult(ended))
            _system.TemporaryRefs.Remove(Path);
    }
}
