using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>
/// Names references that come again by a number: the first time with the path, later without. Those who wait for an
/// answer come once, so they get none.
/// </summary>
internal sealed class RefWriter
{
    internal const int EntriesMax = 10_000;

    private readonly Dictionary<IActorRef, int> _numbers = new(new ByReference());

    internal void Write(FrameWriter writer, IActorRef? actor)
    {
        if (actor is null or Nobody)
        {
            writer.Int32(0);
            return;
        }

        if (_numbers.TryGetValue(actor, out var known))
        {
            writer.Int32(known);
            return;
        }

        var number = actor is IFutureRef || _numbers.Count >= EntriesMax ? -1 : _numbers.Count + 1;
        if (number > 0)
            _numbers[actor] = number;
        writer.Int32(number);
        writer.Text(Akka.Serialization.Serialization.SerializedActorPath(actor));
    }

    private sealed class ByReference : IEqualityComparer<IActorRef>
    {
        public bool Equals(IActorRef? x, IActorRef? y) => ReferenceEquals(x, y);

        public int GetHashCode(IActorRef obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
