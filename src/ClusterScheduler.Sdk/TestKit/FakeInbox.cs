using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ClusterScheduler.Sdk.TestKit;

/// <summary>What the scheduler said, by kind, until the test asks for it.</summary>
internal sealed class FakeInbox
{
    private readonly ConcurrentDictionary<Type, Channel<object>> _kinds = new();
    private readonly ConcurrentQueue<object> _all = new();

    public void Add(object message)
    {
        _all.Enqueue(message);
        Of(message.GetType()).Writer.TryWrite(message);
    }

    public int Count<T>() => Of(typeof(T)).Reader.Count;

    public async Task<T> Take<T>(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            return (T)await Of(typeof(T)).Reader.ReadAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var said = _all.IsEmpty ? "nothing" : string.Join("\n  ", _all);
            throw new ExpectationFailedException(
                $"no {typeof(T).Name} came within {patience.TotalSeconds:0.###} s; the scheduler said\n  {said}");
        }
    }

    private Channel<object> Of(Type kind) => _kinds.GetOrAdd(kind, static _ => Channel.CreateUnbounded<object>());
}
