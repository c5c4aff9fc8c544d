using Akka.Actor;

namespace Akka.Contract.Tests.Persistence;

/// <summary>What actors do when their store does not do its part.</summary>
public sealed class UnreliableStoreTests : IAsyncLifetime
{
    private readonly Notes _notes = new();
    private readonly ActorSystem _system = ActorSystem.Create(
        "unreliable",
        """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.persistence {
          journal.plugin = "unreliable.journal"
          snapshot-store.plugin = "unreliable.snapshot-store"
        }
        unreliable {
          journal.class = "Akka.Contract.Tests.Persistence.UnreliableJournal, Akka.Contract.Tests"
          snapshot-store.class = "Akka.Contract.Tests.Persistence.UnreliableSnapshotStore, Akka.Contract.Tests"
        }
        """);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        UnreliableJournal.OpenGate();
        return _system.Terminate();
    }

    [Fact]
    public async Task A_write_that_fails_stops_the_actor_after_it_was_told()
    {
        var actor = await Start("p");

        Tell(actor, a => a.Persist("one", e => a.Note($"stored {e}")));
        Tell(actor, a => a.Persist(UnreliableJournal.Failing, _ => a.Note("never")));
        Tell(actor, a => a.Note("never"));

        await _notes.Expect("stored one", $"failed {UnreliableJournal.Failing} 2", "stopped");
    }

    [Fact]
    public async Task A_rejected_event_is_told_and_the_actor_goes_on()
    {
        var actor = await Start("p");

        Tell(actor, a => a.Persist(UnreliableJournal.Rejected, _ => a.Note("never")));
        Tell(actor, a => a.Persist("two", e => a.Note($"stored {e}")));

        await _notes.Expect($"rejected {UnreliableJournal.Rejected} 1", "stored two");
    }

    [Fact]
    public async Task Of_a_rejected_list_every_event_is_told_and_none_is_stored()
    {
        var actor = await Start("p");

        Tell(actor, a => a.PersistAll(["one", UnreliableJournal.Rejected, "three"], _ => a.Note("never")));
        Tell(actor, a => a.Note("next"));
        await _notes.Expect("rejected one 1", $"rejected {UnreliableJournal.Rejected} 2", "rejected three 3", "next");
        await actor.GracefulStop(TimeSpan.FromSeconds(10));
        await _notes.Expect("stopped");

        await Start("p");
    }

    [Fact]
    public async Task Commands_wait_for_persist_but_not_for_persist_async()
    {
        UnreliableJournal.CloseGate();
        var actor = await Start("p");

        Tell(actor, a => a.PersistAsync(UnreliableJournal.Slow, _ => a.Note("slow stored")));
        await UnreliableJournal.Waiting.Task;
        Tell(actor, a => a.Note("meanwhile"));
        await _notes.Expect("meanwhile");
        Tell(actor, a => a.Persist("fast", e => a.Note($"{e} stored")));
        Tell(actor, a => a.Note("afterwards"));
        UnreliableJournal.OpenGate();

        await _notes.Expect("slow stored", "fast stored", "afterwards");
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_saved_stops_nobody()
    {
        var actor = await Start("p");

        Tell(actor, a => a.Persist("one", _ => a.SaveSnapshot(UnreliableSnapshotStore.Unsavable)));
        await _notes.Expect("not saved");
        Tell(actor, a => a.Note("alive"));

        await _notes.Expect("alive");
    }

    [Fact]
    public async Task An_actor_whose_snapshot_cannot_be_read_stops()
    {
        _system.ActorOf(Scripted.Props(UnreliableSnapshotStore.UnloadableId, _notes));

        await _notes.Expect("cannot recover ", "stopped");
    }

    [Fact]
    public async Task An_actor_whose_events_cannot_be_read_stops()
    {
        var actor = await Start("p");
        Tell(actor, a => a.Persist("unreadable", e => a.Note($"stored {e}")));
        await _notes.Expect("stored unreadable");
        await actor.GracefulStop(TimeSpan.FromSeconds(10));
        await _notes.Expect("stopped");

        _system.ActorOf(Scripted.Props("p", _notes));

        await _notes.Expect("cannot recover ", "stopped");
    }

    private async Task<IActorRef> Start(string id)
    {
        var actor = _system.ActorOf(Scripted.Props(id, _notes));
        await _notes.Expect("recovered 0");
        return actor;
    }

    private static void Tell(IActorRef actor, Scripted.Command command) => actor.Tell(command);
}
