using Akka.Persistence;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Asked for so many events, it stores one after the other, each when the one before is durable.</summary>
internal sealed class CountingActor : ReceivePersistentActor
{
    private readonly Countdown _counter;
    private int _recovered;
    private int _left;

    public CountingActor(string persistenceId, Countdown counter, bool countsRecovered)
    {
        PersistenceId = persistenceId;
        _counter = counter;
        Recover<string>(_ => _recovered++);
        Recover<RecoveryCompleted>(_ =>
        {
            for (; countsRecovered && _recovered > 0; _recovered--)
                _counter.Signal();
        });
        Command<int>(events =>
        {
            _left = events;
            Persist("something that happened, in some sixty characters of text", Stored);
        });
    }

    public override string PersistenceId { get; }

    private void Stored(string stored)
    {
        _counter.Signal();
        if (--_left > 0)
            Persist(stored, Stored);
    }
}
