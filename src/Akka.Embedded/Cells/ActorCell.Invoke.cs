namespace Akka.Actor;

/// <summary>One user message: what the engine takes for itself, and what goes to the behaviour.</summary>
internal sealed partial class ActorCell
{
    private object? _currentMessage;
    private IActorRef? _sender;
    private Receive _behavior = s_noBehavior;
    private Stack<Receive>? _outerBehaviors;

    private static readonly Receive s_noBehavior = _ => false;

    public IActorRef Sender => _sender ?? _system.DeadLetters;

    internal object? CurrentMessage => _currentMessage;

    /// <summary>Grows with each user message, so that two deliveries of one object can be told apart.</summary>
    internal long CurrentDelivery { get; private set; }

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_outerBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        // The first behaviour stays, however often this is called.
        if (_outerBehaviors is { Count: > 0 })
            _behavior = _outerBehaviors.Pop();
    }

    public void Become(UntypedReceive receive) => Become(Always(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Always(receive));

    private static Receive Always(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void Invoke(object message, IActorRef? sender)
    {
        _currentMessage = message;
        _sender = sender;
        CurrentDelivery++;
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else if (message is TimerMessage timer)
                ReceiveTimer(timer);
            else
                ReceiveMessage(message);
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }

        if (_receiveTimeout is not null && _awaiting is null)
            RestartReceiveTimeout(message);
    }

    private void ReceiveMessage(object message) => _actor!.ReceiveInContext(_behavior, message);

    private void ReceiveTimer(TimerMessage timer)
    {
        if (timer.Owner.Accepts(timer))
        {
            _currentMessage = timer.Message;
            if (timer.Message is IAutoReceivedMessage)
                AutoReceive(timer.Message);
            else
                ReceiveMessage(timer.Message);
        }
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case PoisonPill:
                _self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case ReceiveTimeoutTick tick:
                ReceiveTimeoutExpired(tick);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case ActorSelectionMessage selection:
                SelectionDelivery.Deliver(_self, Sender, selection);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    private void ResetBehavior(Receive first)
    {
        _outerBehaviors = null;
        _behavior = first;
    }
}
