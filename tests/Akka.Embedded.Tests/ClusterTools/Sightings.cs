using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;

namespace Akka.Embedded.Tests.ClusterTools;

/// <summary>Where a singleton was seen to run; two at one time are noted.</summary>
internal sealed class Sightings
{
    private readonly ConcurrentQueue<string> _story = new();
    private readonly HashSet<Address> _running = [];
    private readonly object _gate = new();

    /// <summary>Null when it runs nowhere.</summary>
    internal Address? Where
    {
        get
        {
            lock (_gate)
                return _running.Count == 1 ? _running.Single() : null;
        }
    }

    internal bool WasTwice { get; private set; }

    internal long LastStartedAt { get; private set; }

    internal string Story => string.Join('\n', _story);

    internal Props Props
    {
        get
        {
            var seen = this;
            return Actor.Props.Create(() => new Singleton(seen));
        }
    }

    internal void Note(string text) => _story.Enqueue(
        $"{Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000)} {text}");

    private void Started(Address node)
    {
        lock (_gate)
        {
            LastStartedAt = Stopwatch.GetTimestamp();
            Note($"started on {node}");
            _running.Add(node);
            WasTwice |= _running.Count > 1;
        }
    }

    private void Stopped(Address node)
    {
        lock (_gate)
        {
            Note($"stopped on {node}");
            _running.Remove(node);
        }
    }

    private sealed class Singleton : ReceiveActor
    {
        private readonly Sightings _seen;
        private readonly Address _node = Akka.Cluster.Cluster.Get(Context.System).SelfAddress;

        public Singleton(Sightings seen)
        {
            _seen = seen;
            ReceiveAny(message => Sender.Tell(message));
        }

        protected override void PreStart() => _seen.Started(_node);

        protected override void PostStop() => _seen.Stopped(_node);
    }
}
