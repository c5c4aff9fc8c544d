using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters, up to the number that <c>akka.log-dead-letters</c> allows.</summary>
internal sealed class DeadLetterListener : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly int _logged;
    private readonly bool _debugUnhandled;
    private int _count;

    public DeadLetterListener(int logged, bool debugUnhandled)
    {
        _logged = logged;
        _debugUnhandled = debugUnhandled;
    }

    internal static void Start(ActorSystemImpl system)
    {
        var settings = system.Settings;
        if (settings.LogDeadLetters == 0 && !settings.DebugUnhandledMessage)
            return;
        var (logged, debugUnhandled) = (settings.LogDeadLetters, settings.DebugUnhandledMessage);
        system.SystemActorOf(Props.Create(() => new DeadLetterListener(logged, debugUnhandled)), "deadLetterListener");
    }

    protected override void PreStart()
    {
        if (_logged > 0)
        {
            Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
            Context.System.EventStream.Subscribe(Self, typeof(Dropped));
        }

        if (_logged > 0 || _debugUnhandled)
            Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter)
            return;
        if (_debugUnhandled && letter is UnhandledMessage)
            _log.Debug("Unhandled message {0} from {1} to {2}", letter.Message, letter.Sender, letter.Recipient);
        if (_count >= _logged)
            return;
        _count++;
        var what = letter switch
        {
            UnhandledMessage => "was not handled",
            Dropped dropped => $"was dropped ({dropped.Reason})",
            _ => "was not delivered: nobody is there",
        };
        var last = _count == _logged ? " No more dead letters will be logged (akka.log-dead-letters)." : "";
        _log.Info(
            "Message [{0}] from {1} to {2} {3}. Dead letter {4}.{5}",
            letter.Message.GetType().Name, letter.Sender, letter.Recipient, what, _count, last);
    }
}
