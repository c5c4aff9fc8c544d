using System.Diagnostics.CodeAnalysis;

namespace Akka.TestKit;

/// <summary>Messages that came and were not looked at yet. One test waits; any thread puts in.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds nothing that must be given back.")]
internal sealed class TestMessageQueue
{
    private readonly LinkedList<RealMessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    internal int Count
    {
        get
        {
            lock (_messages)
                return _messages.Count;
        }
    }

    internal void Add(RealMessageEnvelope message)
    {
        lock (_messages)
            _messages.AddLast(message);
        _available.Release();
    }

    /// <summary>
    /// Waits at most <paramref name="max"/>; null when nothing came. A message peeked at stays the first.
    /// </summary>
    internal RealMessageEnvelope? Take(TimeSpan max, bool peek, CancellationToken cancellationToken) =>
        _available.Wait(Bounded(max), cancellationToken) ? First(peek) : null;

    internal async ValueTask<RealMessageEnvelope?> TakeAsync(
        TimeSpan max, bool peek, CancellationToken cancellationToken) =>
        await _available.WaitAsync(Bounded(max), cancellationToken) ? First(peek) : null;

    internal IReadOnlyList<RealMessageEnvelope> TakeAll()
    {
        lock (_messages)
        {
            RealMessageEnvelope[] all = [.. _messages];
            _messages.Clear();
            while (_available.Wait(0))
                continue;
            return all;
        }
    }

    private static TimeSpan Bounded(TimeSpan max) =>
        max == Timeout.InfiniteTimeSpan || max >= TimeSpan.Zero ? max : TimeSpan.Zero;

    private RealMessageEnvelope? First(bool peek)
    {
        lock (_messages)
        {
            if (_messages.First is not { } first)
                return null;
            if (peek)
                _available.Release();
            else
                _messages.RemoveFirst();
            return first.Value;
        }
    }
}
