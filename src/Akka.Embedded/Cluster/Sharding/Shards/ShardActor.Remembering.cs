using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Remembered entities: who starts is written down before, who passivated after. One write is under way at a time; what
/// comes meanwhile goes into the next, so that many entities cost few writes.
/// </summary>
internal sealed partial class ShardActor
{
    private const string ConstantRate = "constant";
    private const int TurnMax = 100;

    private readonly HashSet<string> _starting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);
    private readonly Queue<string> _recovering = [];
    private Queue<(object Message, IActorRef Sender)>? _early;
    private IActorRef? _store;
    private bool _writing;

    private void BeginRemembering()
    {
        _store = Context.ActorOf(EntityStore.Props(_setup.TypeName, _setup.Shard, _setup.Settings), "store:entities");
        Context.Watch(_store);
        _early = new();
        Become(UntilRecovered);
    }

    /// <summary>Before the store has said who runs here, messages wait.</summary>
    private bool UntilRecovered(object message)
    {
        switch (message)
        {
            case RememberedIds remembered:
                Become(Receive);
                BeginRecovering(remembered.Ids);
                return true;
            case StopShard:
                Become(Receive);
                return Receive(message);
            case ILocalShardMessage or Terminated:
                return Receive(message);
            default:
                if (_early!.Count < _tuning.BufferSize)
                    _early.Enqueue((message, Sender));
                else
                    Drop(message, Sender);
                return true;
        }
    }

    private bool ReceiveFromStore(object message)
    {
        if (message is not Remembered remembered)
            return false;
        _writing = false;
        if (_stopping)
        {
            StopWhenEmpty();
            return true;
        }

        foreach (var id in remembered.Update.Started)
        {
            if (_entities.TryGetValue(id, out var slot) && slot.Phase == EntityPhase.RememberingStart)
                Start(slot);
        }

        foreach (var id in remembered.Update.Stopped)
        {
            if (_entities.TryGetValue(id, out var slot) && slot.Phase == EntityPhase.RememberingStop)
                Forget(slot);
        }

        WriteNext();
        return true;
    }

    private void Forget(EntitySlot slot)
    {
        if (slot.KeptCount == 0)
        {
            _entities.Remove(slot.Id);
            return;
        }

        slot.Phase = EntityPhase.RememberingStart;
        RememberStart(slot.Id);
    }

    private void RememberStart(string id)
    {
        _starting.Add(id);
        WriteNext();
    }

    private void RememberStop(EntitySlot slot)
    {
        slot.Phase = EntityPhase.RememberingStop;
        _stopped.Add(slot.Id);
        WriteNext();
    }

    private void WriteNext()
    {
        if (_writing || (_starting.Count == 0 && _stopped.Count == 0))
            return;
        _writing = true;
        var update = new Remember(
            _starting.ToImmutableHashSet(StringComparer.Ordinal), _stopped.ToImmutableHashSet(StringComparer.Ordinal));
        _starting.Clear();
        _stopped.Clear();
        _store!.Tell(update);
    }

    private void BeginRecovering(ImmutableHashSet<string> ids)
    {
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            _entities[id] = new EntitySlot(id) { Phase = EntityPhase.Recovering };
            _recovering.Enqueue(id);
        }

        var early = _early!;
        _early = null;
        foreach (var (message, sender) in early)
            Deliver(message, sender);
        if (_tuning.EntityRecoveryStrategy == ConstantRate && _recovering.Count > 0)
            Timers.StartPeriodicTimer(
                nameof(ShardTick.Recover), ShardTick.Recover, TimeSpan.Zero,
                _tuning.EntityRecoveryConstantRateStrategyFrequency);
        else
            RecoverSome();
    }

    /// <summary>A message may have started an entity before its turn.</summary>
    private void RecoverSome()
    {
        var constant = _tuning.EntityRecoveryStrategy == ConstantRate;
        var left = constant ? _tuning.EntityRecoveryConstantRateStrategyNumberOfEntities : TurnMax;
        while (left > 0 && _recovering.TryDequeue(out var id))
        {
            if (_entities.TryGetValue(id, out var slot) && slot.Phase == EntityPhase.Recovering)
            {
                Start(slot);
                left--;
            }
        }

        if (_recovering.Count == 0)
            Timers.Cancel(nameof(ShardTick.Recover));
        else if (!constant)
            Self.Tell(ShardTick.Recover);
    }

    private void GiveBackEarly()
    {
        foreach (var (message, sender) in _early ?? [])
            GiveBack(message, sender);
        _early = null;
    }
}
