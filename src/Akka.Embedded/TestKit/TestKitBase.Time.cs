using System.Diagnostics;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly long s_origin = Stopwatch.GetTimestamp();

    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    /// <summary>Time on a clock that only goes forward.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(s_origin);

    /// <summary>What is left of the enclosing Within.</summary>
    public TimeSpan Remaining => _end is { } end
        ? AtLeastZero(end - Now)
        : throw new InvalidOperationException("Remaining has a meaning only inside Within.");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>The time, multiplied by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration == Timeout.InfiniteTimeSpan
        ? duration
        : TimeSpan.FromTicks((long)(duration.Ticks * TestKitSettings.TestTimeFactor));

    public TimeSpan RemainingOrDilated(TimeSpan? duration) =>
        duration is { } given ? Dilated(given) : RemainingOrDefault;

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? Dilated(TestKitSettings.DefaultTimeout);

    /// <summary>Everything inside together takes no longer than <paramref name="max"/>.</summary>
    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(min, max, Discard(action), hint, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var (began, outer) = Enter(min, max, hint);
        try
        {
            var result = function();
            CheckTime(began, min, max, hint, epsilonValue);
            return result;
        }
        finally
        {
            _end = outer;
        }
    }

    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public async Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var (began, outer) = Enter(min, max, hint);
        try
        {
            await actionAsync().WaitAsync(Dilated(max) + (epsilonValue ?? TimeSpan.FromSeconds(1)), cancellationToken);
            CheckTime(began, min, max, hint, epsilonValue);
        }
        finally
        {
            _end = outer;
        }
    }

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    private static TimeSpan AtLeastZero(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private static Func<bool> Discard(Action action) => () =>
    {
        action();
        return true;
    };

    private (TimeSpan Began, TimeSpan? Outer) Enter(TimeSpan min, TimeSpan max, string? hint)
    {
        var (began, outer) = (Now, _end);
        var left = AtLeastZero((outer ?? TimeSpan.MaxValue) - began);
        _assertions.AssertTrue(
            left >= min, "{0}At least {1} is asked for, but only {2} is left.", Said(hint), min, left);
        _lastWasNoMsg = false;
        var dilated = Dilated(max);
        _end = began + (dilated < left ? dilated : left);
        return (began, outer);
    }

    private void CheckTime(TimeSpan began, TimeSpan min, TimeSpan max, string? hint, TimeSpan? epsilon)
    {
        var took = Now - began;
        _assertions.AssertTrue(took >= min, "{0}It took {1}, less than {2}.", Said(hint), took, min);
        // Waiting for silence takes all the time there is, and a little more.
        if (_lastWasNoMsg)
            return;
        var allowed = Dilated(max) + (epsilon ?? TimeSpan.Zero);
        _assertions.AssertTrue(took <= allowed, "{0}It took {1}, more than {2}.", Said(hint), took, allowed);
    }

    private static string Said(string? hint) => string.IsNullOrEmpty(hint) ? "" : hint + ": ";
}
