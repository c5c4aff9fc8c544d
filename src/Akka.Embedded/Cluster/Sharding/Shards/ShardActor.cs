using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Supervises the entities of one shard: starts one with its first message, stops it when it wants to rest, keeps what
/// comes in between. Cost of a message: the extractor, one dictionary look-up, one tell.
/// </summary>
internal sealed partial class ShardActor : ActorBase, IWithTimers
{
    private readonly ShardSetup _setup;
    private readonly TuningParameters _tuning;
    private readonly IMessageExtractor _extractor;
    private readonly bool _stampsTime;
    private readonly Dictionary<string, EntitySlot> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, EntitySlot> _byActor = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _kept;
    private int _dropped;

    public ShardActor(ShardSetup setup)
    {
        _setup = setup;
        _tuning = setup.Settings.TuningParameters;
        _extractor = setup.Extractor;
        _stampsTime = setup.Settings.PassivatesIdleEntities;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    internal static Props Props(ShardSetup setup, string dispatcher) =>
        Akka.Actor.Props.Create(() => new ShardActor(setup)).WithDispatcher(dispatcher);

    protected override void PreStart()
    {
        if (_setup.Settings.RememberEntities)
            BeginRemembering();
        else if (_stampsTime)
            Timers.StartPeriodicTimer(
                nameof(ShardTick.FindIdle), ShardTick.FindIdle, _setup.Settings.PassivateIdleEntityAfter / 2);
    }

    protected override void PostStop()
    {
        foreach (var slot in _entities.Values)
        {
            foreach (var (message, sender) in slot.TakeKept())
                Drop(message, sender);
        }
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case ILocalShardMessage:
                return ReceiveOwn(message);
            case Passivate passivate:
                if (_byActor.TryGetValue(Sender, out var slot))
                    Passivate(slot, passivate.StopMessage);
                return true;
            case Terminated ended:
                Ended(ended.ActorRef);
                return true;
            default:
                return Deliver(message, Sender);
        }
    }

    private bool ReceiveOwn(object message)
    {
        switch (message)
        {
            case StopShard:
                BeginStopping();
                return true;
            case GetShardContent:
                Sender.Tell(new ShardContent(
                    _setup.Shard, [.. _byActor.Values.Select(each => each.Id)]));
                return true;
            case GetShardSize:
                Sender.Tell(new ShardSize(_setup.Shard, _byActor.Count));
                return true;
            case ShardTick tick:
                Ticked(tick);
                return true;
            case RestartEntity restart:
                if (_entities.TryGetValue(restart.Id, out var slot) && slot.Phase == EntityPhase.WaitingForRestart)
                    Start(slot);
                return true;
            default:
                return ReceiveFromStore(message);
        }
    }

    private bool Deliver(object message, IActorRef sender)
    {
        if (_stopping)
        {
            GiveBack(message, sender);
            return true;
        }

        if (!TryExtract(message, out var id, out var content))
        {
            Drop(message, sender);
            return true;
        }

        if (!_entities.TryGetValue(id, out var slot))
            slot = Add(id);
        switch (slot.Phase)
        {
            case EntityPhase.Active:
                Tell(slot, content, sender);
                break;
            case EntityPhase.Asleep or EntityPhase.WaitingForRestart or EntityPhase.Recovering:
                if (Start(slot))
                    Tell(slot, content, sender);
                else
                    Drop(message, sender);
                break;
            default:
                Keep(slot, message, sender);
                break;
        }

        return true;
    }

    private EntitySlot Add(string id)
    {
        var slot = new EntitySlot(id);
        _entities[id] = slot;
        if (_store is not null)
        {
            slot.Phase = EntityPhase.RememberingStart;
            RememberStart(id);
        }

        return slot;
    }

    private bool TryExtract(
        object message, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out object? content)
    {
        (id, content) = (null, null);
        try
        {
            id = _extractor.EntityId(message);
            content = _extractor.EntityMessage(message);
        }
        catch (Exception failure)
        {
            _log.Error(
                failure, "The extractor of {0} failed over a {1}: {2}", _setup.TypeName, message.GetType(),
                failure.Message);
        }

        if (!string.IsNullOrEmpty(id) && content is not null)
            return true;
        _log.Warning("A {0} to {1} has nothing in it for an entity.", message.GetType(), _setup.TypeName);
        return false;
    }

    private void Tell(EntitySlot slot, object content, IActorRef sender)
    {
        if (_stampsTime)
            slot.ToldAt = Environment.TickCount64;
        if (content is ShardRegion.StartEntity)
            sender.Tell(new StartEntityAck(slot.Id, _setup.Shard), Context.Parent);
        else
            slot.Actor!.Tell(content, sender);
    }

    private void Keep(EntitySlot slot, object message, IActorRef sender)
    {
        if (_kept < _tuning.BufferSize)
        {
            _kept++;
            slot.Keep(message, sender);
            return;
        }

        if (_dropped++ % _tuning.BufferSize == 0)
            _log.Warning(
                "Shard {0} of {1} keeps {2} messages for entities that come or go (buffer-size); more are dropped.",
                _setup.Shard, _setup.TypeName, _kept);
        Drop(message, sender);
    }

    private void Flush(EntitySlot slot)
    {
        _kept -= slot.KeptCount;
        foreach (var (message, sender) in slot.TakeKept())
            Tell(slot, _extractor.EntityMessage(message)!, sender);
    }

    private void Drop(object message, IActorRef sender) =>
        Context.System.DeadLetters.Tell(new DeadLetter(message, sender, Self), sender);
}
