using System.Collections.Concurrent;
using System.Globalization;
using Akka.Actor;
using Akka.Contract.Tests.Databases;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

public abstract partial class PersistenceContract
{
    private const int Histories = 12;
    private const int CommandsPerHistory = 80;

    /// <summary>Set AKKA_HISTORY_SEED to run one history again.</summary>
    [StoreFact]
    public async Task Whatever_happens_acknowledged_events_stay_and_their_order_too()
    {
        var given = Environment.GetEnvironmentVariable("AKKA_HISTORY_SEED");
        var seeds = given is null
            ? Enumerable.Range(Environment.TickCount & 0xfffff, Histories)
            : [int.Parse(given, CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            var problem = await RunHistory(seed);
            Assert.True(
                problem is null,
                $"{problem}\nReplay: AKKA_HISTORY_SEED={seed} dotnet test tests/Akka.Contract.Tests --filter Whatever");
        }
    }

    private async Task<string?> RunHistory(int seed)
    {
        var history = new History($"{Id}-{seed}", seed);
        for (var life = 0; life < 3; life++)
        {
            var actor = System.ActorOf(Props.Create(() => new HistoryActor(history)));
            for (var i = 0; i < CommandsPerHistory / 3; i++)
            {
                actor.Tell(new Step(history.Random.Next(10)));
            }

            try
            {
                await actor.Ask<string>("done?", TimeSpan.FromSeconds(20));
                await actor.GracefulStop(TimeSpan.FromSeconds(20));
            }
            catch (AskTimeoutException)
            {
                return history.Problem ?? "The actor does not answer any more.";
            }

            if (history.Problem is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private sealed record Step(int Kind);

    /// <summary>What is known of an actor's life from outside of it.</summary>
    private sealed class History(string id, int seed)
    {
        private int _number;

        public string Id { get; } = id;

        public Random Random { get; } = new(seed);

        public ConcurrentQueue<int> Acknowledged { get; } = new();

        public string? Problem { get; private set; }

        public string Next() => Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

        public void Acknowledge(string stored)
        {
            var number = int.Parse(stored, CultureInfo.InvariantCulture);
            if (Acknowledged.LastOrDefault() >= number)
            {
                Problem ??= $"Event {number} was handled after {Acknowledged.Last()}.";
            }

            Acknowledged.Enqueue(number);
        }

        public void CheckRecovered(List<int> recovered, long lastSequenceNr)
        {
            var lost = Acknowledged.Except(recovered).ToList();
            if (lost.Count > 0)
            {
                Problem ??= $"Lost: {string.Join(", ", lost)}.";
            }

            if (recovered.Zip(recovered.Skip(1)).Any(pair => pair.Item1 >= pair.Item2))
            {
                Problem ??= $"Not in order, or twice: {string.Join(", ", recovered)}.";
            }

            if (lastSequenceNr != recovered.Count)
            {
                Problem ??= $"{recovered.Count} events, but the last one has number {lastSequenceNr}.";
            }
        }
    }

    private sealed class HistoryActor : ReceivePersistentActor
    {
        private readonly History _history;
        private readonly List<int> _state = [];

        public HistoryActor(History history)
        {
            _history = history;
            Recover<string>(Add);
            Recover<SnapshotOffer>(offer => _state.AddRange(
                ((string)offer.Snapshot).Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture))));
            Recover<RecoveryCompleted>(_ => _history.CheckRecovered(_state, LastSequenceNr));
            Command<Step>(step => Do(step.Kind));
            Command<string>(question => Sender.Tell(question));
            CommandAny(_ => { });
        }

        public override string PersistenceId => _history.Id;

        private void Do(int kind)
        {
            switch (kind)
            {
                case 0 or 1:
                    Persist(_history.Next(), Stored);
                    break;
                case 2:
                    PersistAll([_history.Next(), _history.Next(), _history.Next()], Stored);
                    break;
                case 3:
                    PersistAsync(_history.Next(), Stored);
                    break;
                case 4:
                    PersistAllAsync([_history.Next(), _history.Next()], Stored);
                    DeferAsync("deferred", _ => { });
                    break;
                case 5:
                    Persist(_history.Next(), stored =>
                    {
                        Stored(stored);
                        Persist(_history.Next(), Stored);
                    });
                    break;
                case 6 when _state.Count > 0:
                    SaveSnapshot(string.Join(' ', _state));
                    break;
                case 7:
                    Persist(_history.Next(), stored =>
                    {
                        Stored(stored);
                        throw new InvalidOperationException("in a handler, on purpose");
                    });
                    break;
                case 8:
                    PersistAsync(_history.Next(), Stored);
                    throw new InvalidOperationException("in a command, on purpose");
            }
        }

        private void Stored(string stored)
        {
            Add(stored);
            _history.Acknowledge(stored);
        }

        private void Add(string stored) => _state.Add(int.Parse(stored, CultureInfo.InvariantCulture));
    }
}
