using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>Remembers what actors of tests received.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<string> _received = new();

    internal IReadOnlyList<string> Received => [.. _received];

    internal Props Props
    {
        get
        {
            var inbox = this;
            return Actor.Props.Create(() => new Receiver(inbox));
        }
    }

    internal void Add(string text) => _received.Enqueue(text);

    internal Task Eventually(params string[] expected) => Nodes.Eventually(
        () => Received.SequenceEqual(expected),
        () => $"expected [{string.Join(", ", expected)}], received [{string.Join(", ", Received)}]");

    private sealed class Receiver : ReceiveActor
    {
        public Receiver(Inbox inbox) => Receive<string>(inbox.Add);
    }
}
