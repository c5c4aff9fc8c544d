using Akka.Actor;
using Akka.Contract.Tests.Databases;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

public abstract partial class PersistenceContract
{
    [StoreFact]
    public async Task Stored_events_are_replayed_in_order()
    {
        var events = Enumerable.Range(1, 1200).Select(i => $"event {i}").ToArray();
        await PersistAndStop(events);

        Start();

        await Notes.Expect([.. events.Select(e => $"replayed {e}"), "recovered 1200"]);
    }

    [StoreFact]
    public async Task Numbers_go_on_after_a_recovery()
    {
        await PersistAndStop("one", "two");
        var actor = Start();
        await Notes.Until("recovered 2");

        Tell(actor, a => a.Persist("three", e => a.Note($"{e} {a.LastSequenceNr}")));

        await Notes.Expect("three 3");
    }

    [StoreFact]
    public async Task Commands_wait_until_the_actor_has_recovered()
    {
        await PersistAndStop("one");

        var actor = Start();
        Tell(actor, a => a.Note($"recovering {a.IsRecovering}"));

        await Notes.Expect("replayed one", "recovered 1", "recovering False");
    }

    [StoreFact]
    public async Task Events_can_be_persisted_when_recovery_completes()
    {
        var actor = Start(onCompleted: a => a.Persist("first", e => a.Note($"stored {e}")));
        Tell(actor, a => a.Note("command"));

        await Notes.Expect("recovered 0", "stored first", "command");
    }

    [StoreFact]
    public async Task Nothing_can_be_persisted_before_that()
    {
        await PersistAndStop("one");

        var actor = System.ActorOf(Props.Create(() => new Hasty(Id, Notes)));
        await Notes.Expect("refused");
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(10)));
    }

    [StoreFact]
    public async Task Recovery_starts_from_the_latest_snapshot()
    {
        await PersistSnapshots();

        Start();

        await Notes.Expect("snapshot state 4 at 4", "replayed event 5", "recovered 5");
    }

    [StoreFact]
    public async Task Recovery_can_choose_an_older_snapshot_and_end_early()
    {
        await PersistSnapshots();

        Start(new Recovery(new SnapshotSelectionCriteria(3), 4));
        await Notes.Expect("snapshot state 2 at 2", "replayed event 3", "replayed event 4", "recovered 5");
    }

    [StoreFact]
    public async Task Recovery_can_do_without_snapshots_and_be_short()
    {
        await PersistSnapshots();

        Start(new Recovery(SnapshotSelectionCriteria.None, long.MaxValue, 2));

        await Notes.Expect("replayed event 1", "replayed event 2", "recovered 5");
    }

    [StoreFact]
    public async Task Recovery_can_be_left_out()
    {
        await PersistSnapshots();

        Start(Recovery.None);

        await Notes.Expect("recovered 5");
    }

    [StoreFact]
    public async Task Deleted_events_are_not_replayed_and_their_numbers_not_used_again()
    {
        await PersistAndStop("one", "two", "three");
        var actor = Start();
        await Notes.Until("recovered 3");
        Tell(actor, a => a.DeleteMessages(2));
        await Notes.Expect("deleted to 2");
        Tell(actor, a => a.DeleteMessages(9));
        await Notes.Expect("not deleted");
        await Stop(actor);

        actor = Start();
        await Notes.Expect("replayed three", "recovered 3");
        Tell(actor, a => a.DeleteMessages(long.MaxValue));
        await Notes.Expect("deleted to 3");
        await Stop(actor);

        actor = Start();
        await Notes.Expect("recovered 3");
        Tell(actor, a => a.Persist("four", e => a.Note($"{e} {a.LastSequenceNr}")));
        await Notes.Expect("four 4");
    }

    [StoreFact]
    public async Task Snapshots_can_be_deleted_one_by_one_and_by_range()
    {
        await PersistSnapshots();
        var actor = Start();
        await Notes.Until("recovered 5");
        Tell(actor, a => a.DeleteSnapshot(4));
        await Notes.Expect("deleted snapshot 4");
        await Stop(actor);

        actor = Start();
        await Notes.Expect("snapshot state 2 at 2");
        await Notes.Until("recovered 5");
        Tell(actor, a => a.DeleteSnapshots(new SnapshotSelectionCriteria(4)));
        await Notes.Expect("deleted snapshots to 4");
        await Stop(actor);

        Start();
        await Notes.Expect("replayed event 1");
    }

    [StoreFact]
    public async Task An_actor_that_cannot_take_an_event_stops()
    {
        await PersistAndStop("one", Scripted.Poison, "three");

        Start();

        await Notes.Expect("replayed one", $"cannot recover {Scripted.Poison}", "stopped");
    }

    [StoreFact]
    public async Task Many_actors_recover_although_few_may_at_a_time()
    {
        var notes = Enumerable.Range(0, 300).Select(_ => new Notes()).ToList();
        foreach (var (index, note) in notes.Index())
        {
            Tell(System.ActorOf(Scripted.Props($"{Id}-{index}", note)), a => a.Persist("event", a.Note));
        }

        await Task.WhenAll(notes.Select(note => note.Expect("recovered 0", "event")));
    }

    private async Task PersistSnapshots()
    {
        var actor = await StartNew();
        foreach (var number in Enumerable.Range(1, 5))
        {
            TellToPersist(actor, number);
            await Notes.Expect(number is 2 or 4 ? $"saved {number}" : $"stored {number}");
        }

        await Stop(actor);
    }

    private static void TellToPersist(IActorRef actor, int number) => Tell(
        actor, a => a.Persist($"event {number}", _ =>
        {
            if (number is 2 or 4)
            {
                a.SaveSnapshot($"state {number}");
            }
            else
            {
                a.Note($"stored {number}");
            }
        }));

    private sealed class Hasty : ReceivePersistentActor
    {
        private readonly string _id;

        public Hasty(string id, Notes notes)
        {
            _id = id;
            Recover<string>(_ =>
            {
                try
                {
                    Persist("too early", _ => { });
                }
                catch (InvalidOperationException)
                {
                    notes.Add("refused");
                }
            });
            CommandAny(_ => { });
        }

        public override string PersistenceId => _id;
    }
}
