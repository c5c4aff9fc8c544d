using System.Diagnostics;
using Akka.Event;

namespace Akka.Remote;

/// <summary>What strangers at the port make this node say.</summary>
internal enum Notice
{
    Closed = 0,
    Refused = 1,
    NotTaken = 2,
    Unreadable = 3,
    Stalled = 4,
}

/// <summary>
/// Warnings that others can cause as often as they like: one line of each kind in a while, which says how many there
/// were since the last.
/// </summary>
internal sealed class Notices(ILoggingAdapter log, TimeSpan interval)
{
    private const int ForeignTextMax = 200;

    private readonly long[] _saidAt = new long[Enum.GetValues<Notice>().Length];
    private readonly int[] _unsaid = new int[Enum.GetValues<Notice>().Length];

    /// <summary>Text of the other end, short and without control characters, fit for a log.</summary>
    internal static string Quote(string foreign)
    {
        var text = foreign.Length > ForeignTextMax ? foreign[..ForeignTextMax] + "..." : foreign;
        return string.Concat(text.Select(each => char.IsControl(each) ? '?' : each));
    }

    internal void Warn(Notice kind, string text)
    {
        var last = Volatile.Read(ref _saidAt[(int)kind]);
        var now = Stopwatch.GetTimestamp();
        if ((last != 0 && Stopwatch.GetElapsedTime(last, now) < interval)
            || Interlocked.CompareExchange(ref _saidAt[(int)kind], now, last) != last)
        {
            Interlocked.Increment(ref _unsaid[(int)kind]);
            return;
        }

        var unsaid = Interlocked.Exchange(ref _unsaid[(int)kind], 0);
        if (unsaid == 0)
            log.Warning("{0}", text);
        else
            log.Warning("{0} ({1} more like it since the last line)", text, unsaid);
    }
}
