using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>
/// The types of a list of handlers, in order; actors of one class share it. It remembers for each type of message
/// which handlers may take it, so that a message finds its handler without walking the list.
/// </summary>
internal sealed class HandlerShape
{
    internal static readonly HandlerShape Empty = new([]);

    private readonly ConcurrentDictionary<HandlerInvoker, HandlerShape> _longer = new();
    private readonly ConcurrentDictionary<Type, Candidates> _byMessage = new();
    private readonly HandlerInvoker[] _invokers;
    private Candidates? _last;

    private HandlerShape(HandlerInvoker[] invokers) => _invokers = invokers;

    internal HandlerShape With(HandlerInvoker invoker) => _longer.TryGetValue(invoker, out var known)
        ? known
        : _longer.GetOrAdd(invoker, static (added, shape) => new HandlerShape([.. shape._invokers, added]), this);

    internal HandlerInvoker Invoker(int index) => _invokers[index];

    /// <summary>
    /// Indices of the handlers whose type takes a message of this type, in the order of declaration.
    /// </summary>
    internal int[] CandidatesFor(Type message)
    {
        var last = _last;
        if (last is not null && ReferenceEquals(last.Message, message))
            return last.Indices;
        var candidates = _byMessage.GetOrAdd(message, static (type, shape) => shape.Find(type), this);
        _last = candidates;
        return candidates.Indices;
    }

    private Candidates Find(Type message)
    {
        var indices = new List<int>();
        for (var index = 0; index < _invokers.Length; index++)
        {
            if (_invokers[index].MessageType.IsAssignableFrom(message))
                indices.Add(index);
        }

        return new Candidates(message, [.. indices]);
    }

    private sealed record Candidates(Type Message, int[] Indices);
}
