using Akka.Actor;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <summary>An actor with a long history recovers from it piece by piece.</summary>
public sealed class BoundedMemoryTests : IDisposable
{
    private const int Events = 2_000;
    private const int EventLength = 50_000;
    private const int EventsAtOnce = 20;

    // Three quarters of the whole history. Akka.NET reads some 1,000 events ahead, whatever its batch size.
    private const long HeldMost = 3L * Events * EventLength * sizeof(char) / 4;

    private readonly string _directory = Directory.CreateTempSubdirectory("bounded-").FullName;

    [Fact]
    public async Task Recovery_does_not_hold_the_whole_history()
    {
        var settings =
            $"""
             {TextSerializer.Settings}
             {SqlPlugins.Sqlite(Path.Combine(_directory, "events.db"))}
             akka.persistence.journal.sql.replay-batch-size = 20
             """;
        var system = ActorSystem.Create("bounded", settings);
        var notes = new Notes();
        var writer = system.ActorOf(Props.Create(() => new Heavy(notes, false)));
        await notes.Expect("recovered 0");
        writer.Tell(Events);
        await notes.Expect($"stored {Events}");
        await writer.GracefulStop(TimeSpan.FromSeconds(10));

        system.ActorOf(Props.Create(() => new Heavy(notes, true)));

        await notes.Expect($"recovered {Events}");
        await system.Terminate();
    }

    public void Dispose() => Directory.Delete(_directory, true);

    private sealed class Heavy : ReceivePersistentActor
    {
        private readonly string _event = new('x', EventLength);
        private int _left;

        public Heavy(Notes notes, bool measures)
        {
            var seen = 0;
            Recover<string>(_ =>
            {
                if (measures && ++seen % 500 == 0
                    && GC.GetTotalMemory(forceFullCollection: true) is > HeldMost and var held)
                {
                    notes.Add($"{held} bytes are held after {seen} events");
                }
            });
            Recover<RecoveryCompleted>(_ => notes.Add($"recovered {LastSequenceNr}"));
            Command<int>(events =>
            {
                _left = events;
                Store(notes);
            });
        }

        public override string PersistenceId => "heavy";

        /// <summary>Several at a time, or a slow disk would be what is tested.</summary>
        private void Store(Notes notes) => PersistAll(Enumerable.Repeat(_event, EventsAtOnce), _ =>
        {
            if (--_left == 0)
            {
                notes.Add($"stored {LastSequenceNr}");
            }
            else if (_left % EventsAtOnce == 0)
            {
                Store(notes);
            }
        });
    }
}
