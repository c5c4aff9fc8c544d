using System.Collections;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Throws messages away until the right one comes.</summary>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string? hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    public T FishForMessage<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string? hint = "",
        CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, [], max, hint, cancellationToken);

    /// <param name="isMessage">True for the one looked for.</param>
    /// <param name="allMessages">Gets all that came before it.</param>
    /// <param name="max">Longest time for the whole search.</param>
    /// <param name="hint">Said when the test fails.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public T FishForMessage<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string? hint = "",
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        while (Next(AtLeastZero(end - Now), cancellationToken) is { } next)
        {
            if (next.Message is T message && isMessage(message))
                return message;
            allMessages.Add(next.Message);
        }

        return NothingCaught<T>(limit, hint, allMessages);
    }

    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string? hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        var others = new ArrayList();
        while (await _queue.TakeAsync(AtLeastZero(end - Now), peek: false, cancellationToken) is { } next)
        {
            Remember(next);
            if (next.Message is T message && isMessage(message))
                return message;
            others.Add(next.Message);
        }

        return NothingCaught<T>(limit, hint, others);
    }

    private T NothingCaught<T>(TimeSpan limit, string? hint, ArrayList others)
    {
        _assertions.Fail(
            "{0}The message of type {1} that was looked for did not come within {2}. These came: {3}", Said(hint),
            typeof(T), limit, string.Join(", ", others.Cast<object>()));
        return default!;
    }
}
