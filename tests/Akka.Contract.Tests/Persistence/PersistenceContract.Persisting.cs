using Akka.Actor;
using Akka.Contract.Tests.Databases;

namespace Akka.Contract.Tests.Persistence;

public abstract partial class PersistenceContract
{
    [StoreFact]
    public async Task Handlers_run_in_order_after_the_events_are_stored()
    {
        var actor = await StartNew();

        Tell(actor, a =>
        {
            a.Persist("one", e => a.Note($"{e} {a.LastSequenceNr}"));
            a.Persist("two", e => a.Note($"{e} {a.LastSequenceNr}"));
            a.PersistAll(["three", "four"], e => a.Note($"{e} {a.LastSequenceNr}"));
            a.Note("asked");
        });

        await Notes.Expect("asked", "one 1", "two 2", "three 3", "four 4");
    }

    [StoreFact]
    public async Task Commands_wait_while_events_are_being_stored()
    {
        var actor = await StartNew();

        Tell(actor, a => a.Persist("one", e =>
        {
            a.Note(e);
            a.Persist("nested", n => a.Note(n));
        }));
        for (var i = 0; i < 20; i++)
        {
            var number = i;
            Tell(actor, a => a.Note($"command {number}"));
        }

        await Notes.Expect(["one", "nested", .. Enumerable.Range(0, 20).Select(i => $"command {i}")]);
    }

    [StoreFact]
    public async Task Every_waiting_command_may_persist_and_the_order_stays()
    {
        var actor = await StartNew();
        for (var i = 1; i <= 50; i++)
        {
            TellToPersist(actor, $"event {i}");
        }

        await Notes.Expect([.. Enumerable.Range(1, 50).Select(i => $"event {i} as {i}")]);
    }

    private static void TellToPersist(IActorRef actor, string @event) =>
        Tell(actor, a => a.Persist(@event, e => a.Note($"{e} as {a.LastSequenceNr}")));

    [StoreFact]
    public async Task Handlers_see_the_sender_of_their_command()
    {
        var actor = await StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => actor.Ask<string>(
            (Scripted.Command)(a => a.Persist($"question {i}", e => a.Sender.Tell($"answer to {e}"))),
            TimeSpan.FromSeconds(10))));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"answer to question {i}"), answers);
    }

    [StoreFact]
    public async Task Asynchronous_handlers_run_in_order_too()
    {
        var actor = await StartNew();

        Tell(actor, a =>
        {
            a.PersistAsync("one", a.Note);
            a.DeferAsync("deferred", a.Note);
            a.PersistAllAsync(["two", "three"], a.Note);
            a.DeferAsync("last", a.Note);
            a.Note("asked");
        });

        await Notes.Expect("asked", "one", "deferred", "two", "three", "last");
    }

    [StoreFact]
    public async Task Defer_runs_at_once_when_nothing_waits()
    {
        var actor = await StartNew();

        Tell(actor, a =>
        {
            a.DeferAsync("deferred", a.Note);
            a.Note("after");
        });

        await Notes.Expect("deferred", "after");
    }

    [StoreFact]
    public async Task Empty_lists_of_events_store_nothing()
    {
        var actor = await StartNew();

        Tell(actor, a =>
        {
            a.PersistAll(Array.Empty<string>(), a.Note);
            a.Persist("one", e => a.Note($"{e} {a.LastSequenceNr}"));
        });

        await Notes.Expect("one 1");
    }

    [StoreFact]
    public async Task An_actor_that_fails_in_a_handler_recovers_what_was_stored()
    {
        var actor = await StartNew();

        Tell(actor, a => a.Persist("kept", _ => a.Fail("on purpose")));
        Tell(actor, a => a.Note("after"));

        await Notes.Expect("stopped", "replayed kept", "recovered 1", "after");
    }

    [StoreFact]
    public async Task Asynchronous_commands_persist_after_they_waited()
    {
        var actor = await StartNew();
        var gate = new TaskCompletionSource();

        Tell(actor, a => a.RunTask(async () =>
        {
            a.Persist("before", a.Note);
            await gate.Task;
            a.Note("waited");
            a.Persist("after", a.Note);
        }));
        Tell(actor, a => a.Note("next"));
        gate.SetResult();

        await Notes.Expect("waited", "before", "after", "next");
    }

    [StoreFact]
    public async Task Stashed_commands_come_before_those_that_waited_for_the_journal()
    {
        var actor = System.ActorOf(Props.Create(() => new Stasher(Id, Notes)));

        foreach (var command in new[] { "stash 1", "stash 2", "persist", "later" })
        {
            actor.Tell(command);
        }

        await Notes.Expect("persisted", "stash 1", "stash 2", "later");
    }

    private sealed class Stasher : Akka.Persistence.ReceivePersistentActor
    {
        private readonly string _id;
        private bool _isOpen;

        public Stasher(string id, Notes notes)
        {
            _id = id;
            RecoverAny(_ => { });
            Command<string>(command => command == "persist", command => Persist(command, _ =>
            {
                notes.Add("persisted");
                _isOpen = true;
                Stash.UnstashAll();
            }));
            Command<string>(command =>
            {
                if (_isOpen)
                {
                    notes.Add(command);
                }
                else
                {
                    Stash.Stash();
                }
            });
        }

        public override string PersistenceId => _id;
    }
}
