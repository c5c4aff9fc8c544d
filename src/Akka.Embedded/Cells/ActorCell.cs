using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One actor's inside: its mailbox, its instance, its children, what it watches and where it stands in its life.
/// Everything but the mailbox and the children is touched only by the one thread that runs the cell.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? s_current;

    private readonly LocalActorRef _self;
    private readonly ActorSystemImpl _system;
    private readonly ActorRefBase _parent;
    private readonly MessageDispatcher _dispatcher;
    private Props _props;
    private ActorBase? _actor;

    internal ActorCell(
        ActorSystemImpl system, LocalActorRef self, Props props, MessageDispatcher dispatcher, ActorRefBase parent)
    {
        _system = system;
        _self = self;
        _props = props;
        _dispatcher = dispatcher;
        _parent = parent;
        _queue = system.MailboxTypes.CreateQueue(props, dispatcher);
    }

    /// <summary>The cell that runs on this thread.</summary>
    internal static ActorCell? Current => s_current;

    /// <summary>Makes <paramref name="cell"/> the implicit sender of a thread that is no actor's: a test's.</summary>
    internal static ActorCell? ExchangeCurrent(ActorCell? cell)
    {
        var outer = s_current;
        s_current = cell;
        return outer;
    }

    public IActorRef Self => _self;

    public Props Props => _props;

    public ActorSystem System => _system;

    public IActorRef Parent => _parent;

    public MessageDispatcher Dispatcher => _dispatcher;

    internal ActorSystemImpl SystemImpl => _system;

    internal ActorRefBase ParentRef => _parent;

    internal TimerScheduler? Timers { get; private set; }

    internal CellStash? Stash { get; set; }

    private string SourceName => _self.Path.ToString();

    private Type SourceType => _actor?.GetType() ?? _props.Type;

    public ActorSelection ActorSelection(ActorPath actorPath) => _system.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => SelectionFactory.Create(actorPath, _system, _self);

    internal static ActorCell RequireCurrent() => s_current ?? throw new NotSupportedException(
        "There is no actor context here. Self, Sender and Context exist only while the actor handles a message; "
        + "copy what is needed before starting asynchronous work, and send its result to the actor with PipeTo.");

    private void Publish(LogEvent logEvent) => _system.EventStream.Publish(logEvent);

    private void PublishError(Exception? cause, string text) => Publish(new Error(cause, SourceName, SourceType, text));

    private void PublishLifecycle(string text)
    {
        if (_system.Settings.DebugLifecycle)
            Publish(new Debug(SourceName, SourceType, text));
    }
}
