using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>The lives of entities, and the end of the shard.</summary>
internal sealed partial class ShardActor
{
    private static readonly TimeSpan s_stoppingMargin = TimeSpan.FromSeconds(5);

    private bool _stopping;

    private bool Start(EntitySlot slot)
    {
        try
        {
            slot.Actor = Context.ActorOf(_setup.EntityProps(slot.Id), ShardingNode.Name(slot.Id));
        }
        catch (Exception failure)
        {
            _log.Error(
                failure, "Entity {0} of {1} cannot be made: {2}", slot.Id, _setup.TypeName, failure.Message);
            _entities.Remove(slot.Id);
            foreach (var (message, sender) in slot.TakeKept())
                Drop(message, sender);
            return false;
        }

        Context.Watch(slot.Actor);
        _byActor[slot.Actor] = slot;
        slot.Phase = EntityPhase.Active;
        slot.ToldAt = Environment.TickCount64;
        Flush(slot);
        return true;
    }

    private void Passivate(EntitySlot slot, object stopMessage)
    {
        if (slot.Phase != EntityPhase.Active)
            return;
        slot.Phase = EntityPhase.Passivating;
        slot.Actor!.Tell(stopMessage, Self);
    }

    private void Ended(IActorRef actor)
    {
        if (actor.Equals(_store))
            throw new InvalidOperationException(
                $"The store of the remembered entities of shard {_setup.Shard} of {_setup.TypeName} stopped.");
        if (!_byActor.Remove(actor, out var slot))
            return;
        slot.Actor = null;
        if (_stopping)
            StopWhenEmpty();
        else if (_store is null)
            ForgetOrStartAgain(slot);
        else if (slot.Phase == EntityPhase.Passivating)
            RememberStop(slot);
        else
            StartAgainLater(slot);
    }

    private void ForgetOrStartAgain(EntitySlot slot)
    {
        if (slot.KeptCount > 0)
            Start(slot);
        else
            _entities.Remove(slot.Id);
    }

    private void StartAgainLater(EntitySlot slot)
    {
        slot.Phase = EntityPhase.WaitingForRestart;
        var restart = new RestartEntity(slot.Id);
        Timers.StartSingleTimer(restart, restart, _tuning.EntityRestartBackoff);
    }

    private void Ticked(ShardTick tick)
    {
        if (tick == ShardTick.FindIdle)
            PassivateIdle();
        else if (tick == ShardTick.Recover)
            RecoverSome();
        else
            StopHard();
    }

    private void PassivateIdle()
    {
        var idleSince = Environment.TickCount64 - (long)_setup.Settings.PassivateIdleEntityAfter.TotalMilliseconds;
        foreach (var slot in _byActor.Values)
        {
            if (slot.Phase == EntityPhase.Active && slot.ToldAt <= idleSince)
                Passivate(slot, _setup.StopMessage);
        }
    }

    private void BeginStopping()
    {
        if (_stopping)
            return;
        _stopping = true;
        Timers.CancelAll();
        foreach (var slot in _entities.Values)
        {
            if (slot.Phase == EntityPhase.Active)
                slot.Actor!.Tell(_setup.StopMessage, Self);
            _kept -= slot.KeptCount;
            foreach (var (message, sender) in slot.TakeKept())
                GiveBack(message, sender);
        }

        GiveBackEarly();
        var hardAfter = _tuning.HandOffTimeout - s_stoppingMargin;
        Timers.StartSingleTimer(
            nameof(ShardTick.StopHard), ShardTick.StopHard,
            hardAfter > TimeSpan.Zero ? hardAfter : _tuning.HandOffTimeout / 2);
        StopWhenEmpty();
    }

    private void StopHard()
    {
        _log.Warning(
            "{0} entities of shard {1} of {2} did not stop at the hand-off; they are stopped.", _byActor.Count,
            _setup.Shard, _setup.TypeName);
        _writing = false;
        foreach (var entity in _byActor.Keys)
            Context.Stop(entity);
        StopWhenEmpty();
    }

    /// <summary>A write under way is waited for: another node may read those events next.</summary>
    private void StopWhenEmpty()
    {
        if (_byActor.Count == 0 && !_writing)
            Context.Stop(Self);
    }

    private void GiveBack(object message, IActorRef sender) =>
        Context.Parent.Tell(new GivenBack(_setup.Shard, message), sender);
}
