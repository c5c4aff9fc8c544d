using Akka.Actor;

namespace Akka.Contract.Tests.Persistence;

/// <summary>What was acknowledged survives kill -9 of the process.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("killed-").FullName;

    private string File => Path.Combine(_directory, "events.db");

    [Fact]
    public async Task Every_acknowledged_event_is_there_after_a_kill_in_the_middle()
    {
        var acknowledged = new Dictionary<string, long>();
        for (var round = 1; round <= 3; round++)
        {
            await WriteAndKill(acknowledged, 500 * round);
            await CheckRecovered(acknowledged);
        }
    }

    public void Dispose() => Directory.Delete(_directory, true);

    private async Task WriteAndKill(Dictionary<string, long> acknowledged, int after)
    {
        using var writer = EventWriter.Start(File);
        var isKilled = false;
        var seen = 0;
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var id, var number] && long.TryParse(number, out var sequenceNr))
            {
                acknowledged[id] = sequenceNr;
            }

            if (++seen >= after && acknowledged.Count == EventWriter.Actors && !isKilled)
            {
                isKilled = true;
                writer.Kill();
            }
        }

        await writer.WaitForExitAsync();
        Assert.True(isKilled, $"The writer ended by itself after {seen} lines of {acknowledged.Count} actors.");
    }

    private async Task CheckRecovered(Dictionary<string, long> acknowledged)
    {
        var system = ActorSystem.Create("reader", $"{TextSerializer.Settings}\n{SqlPlugins.Sqlite(File)}");
        foreach (var (id, sequenceNr) in acknowledged)
        {
            var notes = new Notes();
            system.ActorOf(Scripted.Props(
                id, notes, onCompleted: a => a.Note($"complete {a.LastSequenceNr >= sequenceNr}")));
            var replayed = (await notes.Until("complete True")).SkipLast(1).ToList();
            Assert.Equal(Enumerable.Range(1, replayed.Count).Select(i => $"replayed event {i}"), replayed);
        }

        await system.Terminate();
    }
}
