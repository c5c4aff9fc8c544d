using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceiveOne(out var envelope, max, cancellationToken) ? envelope.Message : null!;

    public async ValueTask<object> ReceiveOneAsync(
        TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(max, cancellationToken))?.Message!;

    public bool TryReceiveOne(
        out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var taken = Take(max, cancellationToken);
        envelope = taken ?? (MessageEnvelope)NullMessageEnvelope.Instance;
        return taken is not null;
    }

    /// <summary>Looks at the next message and leaves it there.</summary>
    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        _queue.Take(RemainingOrDilated(max), peek: true, cancellationToken)?.Message!;

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveUpTo(numberOfMessages, RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ReceiveN(
        int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        ReceiveUpTo(numberOfMessages, Dilated(max), cancellationToken);

    /// <summary>Messages for as long as the filter gives something for them.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) => ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(max);
        var received = new List<T>();
        while (received.Count < msgs)
        {
            var left = AtLeastZero(end - Now);
            var wait = idle is { } pause && pause >= TimeSpan.Zero && pause < left ? pause : left;
            if (_queue.Take(
                wait, peek: true, cancellationToken) is not { } next || filter(next.Message) is not { } taken)
                break;
            Take(TimeSpan.Zero, cancellationToken);
            received.Add(taken);
        }

        _lastWasNoMsg = true;
        return received;
    }

    private List<object> ReceiveUpTo(int count, TimeSpan max, CancellationToken cancellationToken)
    {
        var end = Now + max;
        var messages = new List<object>(count);
        while (messages.Count < count)
        {
            if (Next(AtLeastZero(end - Now), cancellationToken) is not { } next)
            {
                _assertions.Fail("Only {0} of {1} messages came within {2}.", messages.Count, count, max);
                break;
            }

            messages.Add(next.Message);
        }

        return messages;
    }

    private RealMessageEnvelope? Take(TimeSpan? max, CancellationToken cancellationToken) =>
        Next(RemainingOrDilated(max), cancellationToken);

    private RealMessageEnvelope? Next(TimeSpan max, CancellationToken cancellationToken) =>
        Remember(_queue.Take(max, peek: false, cancellationToken));

    private async ValueTask<RealMessageEnvelope?> TakeAsync(TimeSpan? max, CancellationToken cancellationToken) =>
        Remember(await _queue.TakeAsync(RemainingOrDilated(max), peek: false, cancellationToken));

    private RealMessageEnvelope? Remember(RealMessageEnvelope? envelope)
    {
        _lastWasNoMsg = false;
        _last = envelope;
        return envelope;
    }

    /// <summary>The message as a <typeparamref name="T"/>, or the test fails.</summary>
    private (T Message, IActorRef Sender) Expected<T>(RealMessageEnvelope? envelope, TimeSpan max, string? hint)
    {
        if (envelope is null)
            _assertions.Fail("{0}No message of type {1} came within {2}.", Said(hint), typeof(T), max);
        if (envelope!.Message is not T message)
        {
            _assertions.Fail(
                "{0}A message of type {1} was expected; {2} of type {3} came from {4}.", Said(hint), typeof(T),
                envelope.Message, envelope.Message.GetType(), envelope.Sender);
            throw new InvalidOperationException("Unreachable: Fail throws.");
        }

        return (message, envelope.Sender);
    }
}
