using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>
/// The one who waits for an answer. It gets a name under /temp only when somebody asks for its path (to write it on
/// the wire, or to show it), so that a local Ask costs no registration.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The timer is disposed with the answer.")]
internal sealed class FutureActorRef<T> : ActorRefBase, IFutureRef
{
    private readonly ActorSystemImpl _system;
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath? _path;
    private Timer? _timer;
    private TimeSpan _limit;
    private CancellationTokenRegistration _cancellation;

    internal FutureActorRef(ActorSystemImpl system) => _system = system;

    public override ActorPath Path => _path ?? Register();

    internal Task<T> Answer => _result.Task;

    internal override ActorSystemImpl Owner => _system;

    internal override bool IsTerminated => _result.Task.IsCompleted;

    internal void Start(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _limit = timeout;
        if (timeout > TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            _timer = new Timer(
                static state => ((FutureActorRef<T>)state!).Expire(), this, timeout, Timeout.InfiniteTimeSpan);
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.Register(static state => ((FutureActorRef<T>)state!).Cancel(), this);
    }

    internal override void Stop() => Cancel();

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var taken = message switch
        {
            T answer => _result.TrySetResult(answer),
            Status.Failure failure => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("The actor answered with a failure that has no cause.")),
            _ => _result.TrySetException(new ArgumentException(
                $"The answer is of type {message.GetType()}; {typeof(T)} was asked for.")),
        };
        if (taken)
            Finish();
        else if (!_result.Task.IsCanceled)
            _system.ToDeadLetters(message, sender, this);
    }

    private void Expire()
    {
        if (_result.TrySetException(new AskTimeoutException(
            $"No answer came within {_limit.TotalSeconds:0.###} s.")))
            Finish();
    }

    private void Cancel()
    {
        if (_result.TrySetCanceled())
            Finish();
    }

    private void Finish()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
        if (Volatile.Read(ref _path) is { } path)
            _system.TemporaryRefs.Remove(path);
    }

    private ActorPath Register()
    {
        var fresh = _system.TemporaryRefs.NextPath();
        if (Interlocked.CompareExchange(ref _path, fresh, null) is { } existing)
            return existing;
        _system.TemporaryRefs.Add(fresh, this);
        if (_result.Task.IsCompleted)
            _system.TemporaryRefs.Remove(fresh);
        return fresh;
    }
}

/// <summary>Marks whoever waits for an answer, whatever its type.</summary>
internal interface IFutureRef;
