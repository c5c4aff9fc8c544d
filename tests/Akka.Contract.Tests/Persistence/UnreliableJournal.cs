using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Akka.Contract.Tests.Persistence;

/// <summary>A journal that fails, rejects or waits, as the events ask it to.</summary>
public sealed partial class UnreliableJournal : MemoryJournal
{
    public const string Failing = "fail to write";
    public const string Rejected = "reject";
    public const string Slow = "wait for the gate";

    private static TaskCompletionSource s_gate = new();

    /// <summary>Set when the gate is waited for.</summary>
    public static TaskCompletionSource Waiting { get; private set; } = new();

    public static void CloseGate() => (s_gate, Waiting) = (Fresh(), Fresh());

    public static void OpenGate() => s_gate.TrySetResult();

    private static async Task<IImmutableList<Exception>> Write(
        IEnumerable<AtomicWrite> messages, Func<IEnumerable<AtomicWrite>, Task> store)
    {
        var writes = messages.ToList();
        var outcomes = ImmutableList.CreateBuilder<Exception>();
        var accepted = new List<AtomicWrite>();
        foreach (var write in writes)
        {
            var payloads = ((IEnumerable<IPersistentRepresentation>)write.Payload).Select(e => e.Payload).ToList();
            if (payloads.Contains(Failing))
            {
                throw new IOException("the disk is on fire");
            }

            if (payloads.Contains(Slow))
            {
                Waiting.TrySetResult();
                await s_gate.Task;
            }

            var rejected = payloads.Contains(Rejected);
            outcomes.Add(rejected ? new ArgumentException("not this one") : null!);
            if (!rejected)
            {
                accepted.Add(write);
            }
        }

        if (accepted.Count > 0)
        {
            await store(accepted);
        }

        return outcomes.ToImmutable();
    }

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, @event =>
        {
            if (Equals(@event.Payload, "unreadable"))
            {
                throw new IOException("the disk has a scratch");
            }

            recoveryCallback(@event);
        });

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
