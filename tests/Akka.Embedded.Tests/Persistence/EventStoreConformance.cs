using Akka.Contract.Tests.Databases;
using Akka.Persistence.Sql;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>What every event store keeps, whichever database it stands on.</summary>
public abstract class EventStoreConformance : IDisposable
{
    private readonly List<IEventStore> _open = [];

    private protected abstract IEventStore OpenStore();

    private protected IEventStore Open()
    {
        var store = OpenStore();
        _open.Add(store);
        return store;
    }

    [StoreFact]
    public async Task Events_come_back_as_they_were_written()
    {
        var store = Open();
        var row = new EventRow("p", 1, 638_000_000_000_000_000, 17, "manifest é", [0, 1, 255], "writer", []);

        await Append(store, row);

        var read = Assert.Single(await store.ReadEvents(new EventRange("p", 1, long.MaxValue, 10)));
        Assert.Equal(row.Payload, read.Payload);
        Assert.Equal(row with { Payload = [], Tags = [] }, read with { Payload = row.Payload[..0], Tags = row.Tags });
    }

    [StoreFact]
    public async Task Empty_payloads_and_manifests_are_kept()
    {
        var store = Open();

        await Append(store, new EventRow("p", 1, 1, 1, "", [], null, ["a", "b"]));

        var read = Assert.Single(await store.ReadEvents(new EventRange("p", 1, 1, 10)));
        Assert.Equal(("", 0, null), (read.Manifest, read.Payload.Length, read.WriterUuid));
    }

    [StoreFact]
    public async Task Ranges_and_limits_are_inclusive_and_in_order()
    {
        var store = Open();
        await Append(store, Rows("p", 1, 10));
        await Append(store, Rows("other", 1, 3));

        Assert.Equal([3, 4, 5], await Numbers(store, "p", 3, 5, 100));
        Assert.Equal([3, 4], await Numbers(store, "p", 3, 9, 2));
        Assert.Equal([9, 10], await Numbers(store, "p", 9, long.MaxValue, 100));
        Assert.Empty(await Numbers(store, "nobody", 1, long.MaxValue, 100));
        Assert.Equal(10, await store.ReadHighestSequenceNr("p"));
        Assert.Equal(0, await store.ReadHighestSequenceNr("nobody"));
    }

    [StoreFact]
    public async Task A_number_is_taken_once_and_nothing_of_the_refused_write_is_stored()
    {
        var store = Open();
        await Append(store, Rows("p", 1, 3));

        var refused = await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Rows("p", 2, 5)));
        var alsoRefused = await Assert.ThrowsAsync<EventStoreException>(
            () => Append(store, [.. Rows("p", 4, 2), .. Rows("p", 3, 1)]));

        Assert.Equal(EventStoreTrouble.SequenceNumberTaken, refused.Trouble);
        Assert.Contains("Event 2 of 'p'", refused.Message, StringComparison.Ordinal);
        Assert.Equal(EventStoreTrouble.SequenceNumberTaken, alsoRefused.Trouble);
        Assert.Equal(3, await store.ReadHighestSequenceNr("p"));
    }

    [StoreFact]
    public async Task A_refusal_does_not_touch_the_other_writes_of_the_group()
    {
        var store = Open();
        await Append(store, Rows("fenced", 1, 1));
        var writes = Enumerable.Range(0, 200)
            .Select(i => new Appending(i % 2 == 0 ? Rows("fenced", 1, 1 + (i % 3)) : Rows($"p{i}", 1, 2)))
            .ToList();

        writes.ForEach(store.Submit);
        var outcomes = await Task.WhenAll(writes.Select(write => write.Outcome));

        Assert.All(outcomes.Index(), outcome => Assert.Equal(outcome.Index % 2 == 0, outcome.Item is not null));
        Assert.Equal(2, await store.ReadHighestSequenceNr("p1"));
        Assert.Equal(2, await store.ReadHighestSequenceNr("p199"));
        Assert.Equal(1, await store.ReadHighestSequenceNr("fenced"));
    }

    [StoreFact]
    public async Task Of_many_writers_of_one_number_exactly_one_succeeds()
    {
        IEventStore[] stores = [Open(), Open(), Open()];
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            var claims = stores.Select(_ => new Appending(Rows("epochs", epoch, 1))).ToList();
            foreach (var (store, claim) in stores.Zip(claims))
            {
                store.Submit(claim);
            }

            var outcomes = await Task.WhenAll(claims.Select(claim => claim.Outcome));
            Assert.Equal(1, outcomes.Count(outcome => outcome is null));
        }
    }

    [StoreFact]
    public async Task Deleted_events_are_gone_but_their_numbers_stay_taken()
    {
        var store = Open();
        await Append(store, Rows("p", 1, 5));

        await Run(store, new DeleteEvents("p", 3));
        Assert.Equal([4, 5], await Numbers(store, "p", 1, long.MaxValue, 100));

        await Run(store, new DeleteEvents("p", 5));
        Assert.Empty(await Numbers(store, "p", 1, long.MaxValue, 100));
        Assert.Equal(5, await store.ReadHighestSequenceNr("p"));
        await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Rows("p", 5, 1)));

        await Run(store, new DeleteEvents("nobody", 7));
        Assert.Equal(0, await store.ReadHighestSequenceNr("nobody"));
    }

    [StoreFact]
    public async Task The_latest_snapshot_within_the_bounds_is_found()
    {
        var store = Open();
        foreach (var (number, created) in new[] { (5L, 100L), (10L, 200L), (15L, 300L) })
        {
            await Run(store, new SaveSnapshotRow(new SnapshotRow("p", number, created, 1, "m", [(byte)number])));
        }

        Assert.Equal(15, await Found(store, new SnapshotBounds(0, long.MaxValue, 0, long.MaxValue)));
        Assert.Equal(10, await Found(store, new SnapshotBounds(0, 14, 0, long.MaxValue)));
        Assert.Equal(5, await Found(store, new SnapshotBounds(0, long.MaxValue, 0, 199)));
        Assert.Null(await Found(store, new SnapshotBounds(11, 14, 0, long.MaxValue)));

        await Run(store, new SaveSnapshotRow(new SnapshotRow("p", 15, 400, 1, "m", [99])));
        var latest = await store.ReadSnapshot("p", new SnapshotBounds(0, long.MaxValue, 0, long.MaxValue));
        Assert.Equal([99], latest!.Payload);

        await Run(store, new DeleteSnapshotRows("p", new SnapshotBounds(15, 15, 0, long.MaxValue)));
        Assert.Equal(10, await Found(store, new SnapshotBounds(0, long.MaxValue, 0, long.MaxValue)));
        await Run(store, new DeleteSnapshotRows("p", new SnapshotBounds(0, 10, 0, 150)));
        Assert.Equal(10, await Found(store, new SnapshotBounds(0, 10, 0, long.MaxValue)));
        Assert.Null(await Found(store, new SnapshotBounds(0, 9, 0, long.MaxValue)));
    }

    [StoreFact]
    public async Task What_was_written_is_there_when_the_store_is_opened_again()
    {
        var first = Open();
        await Append(first, Rows("p", 1, 2));
        first.Dispose();

        var closed = await Assert.ThrowsAsync<EventStoreException>(() => Append(first, Rows("p", 3, 1)));

        Assert.Equal(EventStoreTrouble.Closed, closed.Trouble);
        Assert.Equal([1, 2], await Numbers(Open(), "p", 1, long.MaxValue, 100));
    }

    [StoreFact]
    public async Task Writes_that_were_submitted_before_closing_are_finished()
    {
        var first = Open();
        var writes = Enumerable.Range(0, 500).Select(i => new Appending(Rows($"p{i}", 1, 1))).ToList();
        writes.ForEach(first.Submit);

        first.Dispose();

        Assert.All(await Task.WhenAll(writes.Select(write => write.Outcome)), Assert.Null);
        Assert.Equal(1, await Open().ReadHighestSequenceNr("p499"));
    }

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        CleanUp();
        GC.SuppressFinalize(this);
    }

    private protected abstract void CleanUp();

    private protected static EventRow[] Rows(string id, long from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new EventRow(id, from + i, 1, 1, "m", [1, 2, 3], "w", []))];

    private protected static async Task Append(IEventStore store, params EventRow[] rows)
    {
        var write = new Appending(rows);
        store.Submit(write);
        if (await write.Outcome is { } failure)
        {
            throw failure;
        }
    }

    private static Task Run(IEventStore store, AwaitedWrite write)
    {
        store.Submit(write);
        return write.Outcome;
    }

    private static async Task<IEnumerable<long>> Numbers(IEventStore store, string id, long from, long to, int limit) =>
        (await store.ReadEvents(new EventRange(id, from, to, limit))).Select(row => row.SequenceNr);

    private static async Task<long?> Found(IEventStore store, SnapshotBounds bounds) =>
        (await store.ReadSnapshot("p", bounds))?.SequenceNr;

    private protected sealed class Appending(IReadOnlyList<EventRow> events) : AppendEvents(events)
    {
        private readonly TaskCompletionSource<Exception?> _outcome =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Outcome => _outcome.Task;

        public override void Completed(Exception? failure) => _outcome.SetResult(failure);
    }
}
