using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Contract.Tests.Databases;
using Akka.Event;
using Akka.Persistence.Sql;
using Akka.Util;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>
/// Of a node that was removed from the cluster nothing is stored, whether or not its successor has written.
/// </summary>
public abstract class RemovedWriterConformance : IAsyncLifetime
{
    private const long Term = 1;

    private readonly List<IDisposable> _open = [];
    private IMembershipStore? _members;
    private MemberList _list = MemberList.Empty;
    private string _id = "";
    private int _removals;

    private protected abstract IMembershipStore OpenMembers();

    private protected abstract IEventStore OpenEvents(WriterGuard guard);

    private protected static UniqueAddress Node(int number) =>
        new(new Address("akka.tcp", "sys", "host", number), number);

    [StoreFact]
    public async Task A_member_writes_until_it_is_removed_and_then_its_successor_does()
    {
        var (former, next) = (await Enter(1), await Enter(2));
        await Write(former, "p", 1);

        await Remove(1);

        await IsRefused(former, new Appending("p", 2));
        Assert.Equal(1, await next.ReadHighestSequenceNr("p"));
        await Write(next, "p", 2);
        await IsRefused(former, new Appending("p", 3));
    }

    [StoreFact]
    public async Task No_kind_of_write_gets_through()
    {
        var former = await Enter(1);
        await Write(former, "p", 1);
        await Write(former, "p", 2);
        var snapshot = new SaveSnapshotRow(new SnapshotRow("p", 1, 1, 1, "", []));
        former.Submit(snapshot);
        await snapshot.Outcome;
        await Remove(1);

        var all = new SnapshotBounds(0, long.MaxValue, 0, long.MaxValue);
        foreach (var write in new AwaitedWrite[]
        {
            new SaveSnapshotRow(new SnapshotRow("p", 2, 1, 1, "", [])), new DeleteEvents("p", 1),
            new DeleteSnapshotRows("p", all),
        })
        {
            former.Submit(write);
            var refused = await Assert.ThrowsAsync<EventStoreException>(() => write.Outcome);
            Assert.Equal(EventStoreTrouble.WriterRemoved, refused.Trouble);
        }

        await IsRefused(former, new Appending("p", 3, "tag"));
        await IsRefused(former, new Appending("p", 1));
        Assert.Equal(2, (await former.ReadEvents(new EventRange("p", 1, 10, 10))).Count);
        Assert.Equal(1, (await former.ReadSnapshot("p", all))!.SequenceNr);
        var barrier = new Akka.Persistence.Sql.Barrier();
        former.Submit(barrier);
        await barrier.Outcome;
    }

    [StoreFact]
    public async Task It_is_told_once()
    {
        var former = await Enter(1);
        await Remove(1);

        for (var number = 1; number < 5; number++)
            await IsRefused(former, new Appending("p", number));

        Assert.Equal(1, _removals);
    }

    [StoreFact]
    public async Task Changes_of_a_members_status_do_not_stop_it()
    {
        var member = await Enter(1);
        await Write(member, "p", 1);
        await Change([_list.Find(Node(1))!.With(MemberStatus.Leaving) with { IsReachable = false }], []);

        await Write(member, "p", 2);
        await Write(member, "p", 3, "tag");
    }

    [StoreFact]
    public async Task A_later_run_at_the_address_does_not_let_the_one_before_write()
    {
        var former = await Enter(1);
        var later = new UniqueAddress(Node(1).Address, 77);
        await Change([Entry(later)], [new RemovedEntry(Node(1), MemberStatus.Down)]);

        await IsRefused(former, new Appending("p", 1));
    }

    [StoreFact]
    public async Task Who_is_no_member_writes_as_ever()
    {
        await Enter(1);
        var alone = Events(WriterGuard.None);
        var elsewhere = Events(Guard(new StoredMember("another cluster's store", Node(9).ToText())));

        foreach (var store in new[] { alone, elsewhere })
        {
            await Write(store, "p" + store.GetHashCode(), 1);
            await Write(store, "p" + store.GetHashCode(), 2, "tag");
        }
    }

    [StoreFact]
    public async Task A_store_without_a_member_list_takes_every_write()
    {
        var store = Events(Guard(new StoredMember("another cluster's store", Node(9).ToText())));

        await Write(store, "p", 1);
        await Write(store, "p", 2, "tag");
    }

    [StoreFact]
    public async Task A_node_becomes_a_member_while_its_store_is_open()
    {
        StoredMember? member = null;
        var store = Events(new WriterGuard(() => member, () => _removals++, NoLogger.Instance));
        await Write(store, "p", 1);
        await Open();
        await Change([Entry(Node(1))], []);
        member = new StoredMember(_id, Node(1).ToText());
        await Write(store, "p", 2);

        await Remove(1);

        await IsRefused(store, new Appending("p", 3));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _open.ForEach(each => each.Dispose());
        return CleanUp();
    }

    private protected abstract Task CleanUp();

    /// <summary>The store of a node that is in the list.</summary>
    private protected async Task<IEventStore> Enter(int number)
    {
        await Open();
        await Change([Entry(Node(number))], []);
        return Events(Guard(new StoredMember(_id, Node(number).ToText())));
    }

    private protected Task Remove(int number) => Change([], [new RemovedEntry(Node(number), MemberStatus.Down)]);

    private protected static async Task Write(IEventStore store, string id, long number, params string[] tags)
    {
        var write = new Appending(id, number, tags);
        store.Submit(write);
        Assert.Null(await write.Outcome);
    }

    private protected static async Task IsRefused(IEventStore store, Appending write)
    {
        store.Submit(write);
        await IsRefused(write);
    }

    private protected static async Task IsRefused(Appending write)
    {
        var refused = Assert.IsType<EventStoreException>(await write.Outcome);
        Assert.Equal(EventStoreTrouble.WriterRemoved, refused.Trouble);
        Assert.Contains("was removed from the cluster", refused.Message, StringComparison.Ordinal);
    }

    private static MemberEntry Entry(UniqueAddress node) => new(
        new Member(node, 1, MemberStatus.Up, ImmutableHashSet<string>.Empty, AppVersion.Zero), true, true);

    private WriterGuard Guard(StoredMember member) => new(() => member, () => _removals++, NoLogger.Instance);

    private IEventStore Events(WriterGuard guard)
    {
        var store = OpenEvents(guard);
        _open.Add(store);
        return store;
    }

    private async Task Open()
    {
        if (_members is not null)
            return;
        _members = OpenMembers();
        _open.Add(_members);
        _id = (await _members.Open(CancellationToken.None)).Id;
        await _members.Claim(Term, CancellationToken.None);
    }

    private async Task Change(ImmutableArray<MemberEntry> put, ImmutableArray<RemovedEntry> gone)
    {
        var change = new ListChange(_list.Version, _list.Version + 1, put, gone);
        Assert.True(await _members!.Write(Term, change, CancellationToken.None));
        _list = _list.With(change);
    }

    private protected sealed class Appending(string id, long number, params string[] tags)
        : AppendEvents([new EventRow(id, number, 1, 1, "m", [1, 2, 3], "w", tags)])
    {
        private readonly TaskCompletionSource<Exception?> _outcome =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Outcome => _outcome.Task;

        public override void Completed(Exception? failure) => _outcome.SetResult(failure);
    }
}
