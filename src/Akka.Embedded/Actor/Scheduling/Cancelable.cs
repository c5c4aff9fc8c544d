namespace Akka.Actor;

/// <summary>
/// A cancellation whose delays run on a scheduler. Its token is made only for those who ask for it: a timer that is
/// cancelled by its own handle needs none.
/// </summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private CancellationTokenSource? _source;
    private ScheduledWork? _work;
    private int _cancelled;

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler.Advanced, delay)
    {
    }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler, TimeSpan.FromMilliseconds(millisecondsDelay))
    {
    }

    public bool IsCancellationRequested => Volatile.Read(ref _cancelled) != 0;

    public bool IsDisposed { get; private set; }

    public CancellationToken Token
    {
        get
        {
            if (_source is null)
                Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null);
            if (IsCancellationRequested)
                _source.Cancel();
            return _source.Token;
        }
    }

    public static ICancelable CreateCanceled() => CancelledForEver.Instance;

    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables)
    {
        var linked = new Cancelable(scheduler);
        foreach (var each in cancelables)
            each.Token.Register(linked.Cancel);
        return linked;
    }

    public void Cancel() => Cancel(throwOnFirstException: false);

    public void Cancel(bool throwOnFirstException)
    {
        if (Interlocked.Exchange(ref _cancelled, 1) != 0)
            return;
        Interlocked.Exchange(ref _work, null)?.Cancel();
        Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay) => _scheduler.ScheduleOnce(delay, Cancel, this);

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the scheduler drop the first thing scheduled with this at once, not when its time comes.</summary>
    internal void Attach(ScheduledWork work)
    {
        Interlocked.CompareExchange(ref _work, work, null);
        if (IsCancellationRequested)
            work.Cancel();
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || IsDisposed)
            return;
        IsDisposed = true;
        _source?.Dispose();
    }

    private sealed class CancelledForEver : ICancelable
    {
        internal static readonly CancelledForEver Instance = new();

        public bool IsCancellationRequested => true;

        public CancellationToken Token => new(canceled: true);

        public void Cancel()
        {
            // It is cancelled already; so are the other three.
        }

        public void Cancel(bool throwOnFirstException) => Cancel();

        public void CancelAfter(TimeSpan delay) => Cancel();

        public void CancelAfter(int millisecondsDelay) => Cancel();
    }
}
