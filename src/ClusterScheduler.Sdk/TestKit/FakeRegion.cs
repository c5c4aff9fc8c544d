namespace ClusterScheduler.Sdk.TestKit;

/// <summary>Stands for the shard region: starts the entity when something is said to it.</summary>
internal sealed class FakeRegion : ReceiveActor
{
    private readonly FakeLedger _ledger = new();
    private readonly FakeInbox _inbox;
    private readonly TimeSpan _heartbeat;
    private IActorRef? _entity;
    private bool _isCut;
    private bool _losesNext;

    public FakeRegion(FakeInbox inbox, TimeSpan heartbeat)
    {
        _inbox = inbox;
        _heartbeat = heartbeat;
        Receive<FakeScript.Crash>(_ => Crash());
        Receive<FakeScript.CutOff>(OnCutOff);
        Receive<FakeScript.LoseNextCall>(_ => _losesNext = true);
        Receive<FakeScript>(script => Entity().Forward(script));
        Receive<IFrameworkMessage>(OnSaid);
    }

    private void OnSaid(IFrameworkMessage message)
    {
        _inbox.Add(message);
        var isLost = _losesNext && message is ISchedulerCall;
        _losesNext &= !isLost;
        if (!_isCut && !isLost)
        {
            Entity().Forward(message);
        }
    }

    // The scheduler must find out by itself: the entity lives on, but says nothing.
    private void OnCutOff(FakeScript.CutOff cut)
    {
        _isCut = cut.IsCut;
        Entity().Forward(cut);
    }

    private void Crash()
    {
        if (_entity is not null)
        {
            Context.Stop(_entity);
            _entity = null;
        }
    }

    private IActorRef Entity() =>
        _entity ??= Context.ActorOf(Props.Create(() => new FakeEntity(_ledger, _heartbeat)));
}
