using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>The logger of the test kit: prints what no filter of a test takes.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<LogFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Subscribe(initialize.LoggingBus);
                return base.Receive(message);
            case MuteFilter mute:
                _filters.Add(mute.Filter);
                return true;
            case UnmuteFilter unmute:
                _filters.Remove(unmute.Filter);
                return true;
            case AllDeadLetters letter:
                Show(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter), print: false);
                return true;
            case LogEvent logEvent:
                Show(logEvent, print: true);
                return true;
            default:
                return base.Receive(message);
        }
    }

    private void Subscribe(LoggingBus bus)
    {
        foreach (var channel in new[] { typeof(MuteFilter), typeof(UnmuteFilter), typeof(AllDeadLetters) })
            bus.Subscribe(Self, channel);
    }

    private void Show(LogEvent logEvent, bool print)
    {
        foreach (var filter in _filters)
        {
            if (filter.Take(logEvent))
                return;
        }

        if (print)
            Print(logEvent);
    }
}
