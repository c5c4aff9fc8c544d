using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// Lets only so many actors recover at a time, so that a start with many of them drowns neither the store nor the
/// memory. Whoever asked gives back, also when it ends while it still waits.
/// </summary>
internal sealed class RecoveryPermits(int limit)
{
    private readonly object _gate = new();
    private readonly HashSet<IActorRef> _recovering = [];
    private readonly LinkedList<IActorRef> _waiting = new();

    public void Request(IActorRef actor)
    {
        lock (_gate)
        {
            if (_recovering.Count >= limit)
            {
                _waiting.AddLast(actor);
                return;
            }

            _recovering.Add(actor);
        }

        actor.Tell(RecoveryPermitGranted.Instance, ActorRefs.NoSender);
    }

    public void Return(IActorRef actor)
    {
        IActorRef? next;
        lock (_gate)
        {
            if (!_recovering.Remove(actor))
            {
                _waiting.Remove(actor);
                return;
            }

            next = _waiting.First?.Value;
            if (next is null)
            {
                return;
            }

            _waiting.RemoveFirst();
            _recovering.Add(next);
        }

        next.Tell(RecoveryPermitGranted.Instance, ActorRefs.NoSender);
    }
}
