using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <summary>A process that stores events without end and says on its output which ones are stored.</summary>
internal static class EventWriter
{
    public const string Command = "write-events";
    public const int Actors = 20;

    public static Process Start(string file) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(EventWriter).Assembly.Location, Command, file])
        {
            RedirectStandardOutput = true,
        })!;

    public static async Task Run(string file)
    {
        using var system = ActorSystem.Create("writer", $"{TextSerializer.Settings}\n{SqlPlugins.Sqlite(file)}");
        for (var i = 0; i < Actors; i++)
        {
            var id = $"writer-{i}";
            system.ActorOf(Props.Create(() => new WritingActor(id)));
        }

        await system.WhenTerminated;
    }

    private sealed class WritingActor : ReceivePersistentActor
    {
        private readonly string _id;

        public WritingActor(string id)
        {
            _id = id;
            Recover<string>(_ => { });
            Recover<RecoveryCompleted>(_ => Next());
        }

        public override string PersistenceId => _id;

        private void Next() => Persist($"event {LastSequenceNr + 1}", _ =>
        {
            Console.WriteLine($"{_id} {LastSequenceNr}");
            Next();
        });
    }
}
