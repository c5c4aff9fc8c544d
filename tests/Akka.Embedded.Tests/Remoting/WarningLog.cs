using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Event;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>A logger that keeps what is a warning or worse, to be counted.</summary>
internal sealed class WarningLog : ReceiveActor
{
    private static readonly ConditionalWeakTable<ActorSystem, List<string>> s_lines = [];

    public WarningLog()
    {
        var lines = s_lines.GetOrCreateValue(Context.System);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(line => line is Warning or Error, line =>
        {
            lock (lines)
                lines.Add($"{line.Message}");
        });
        ReceiveAny(_ => { });
    }

    internal static IReadOnlyList<string> Of(ActorSystem system)
    {
        var lines = s_lines.GetOrCreateValue(system);
        lock (lines)
            return [.. lines];
    }
}
