using Akka.Cluster.Stores;
using Akka.Embedded.Tests.Clustering;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Sqlite;

namespace Akka.Embedded.Tests.Persistence;

public sealed class SqliteRemovedWriterTests : RemovedWriterConformance
{
    private readonly StoreDirectory _stores = new();

    private string File => _stores.PathOf("store.db");

    private protected override IMembershipStore OpenMembers() =>
        new SqliteMembershipStore($"Data Source={File}", "sys");

    private protected override IEventStore OpenEvents(WriterGuard guard) =>
        new SqliteEventStore(new SqliteOptions(File, true, TimeSpan.FromSeconds(20), 100_000), guard);

    private protected override Task CleanUp() => _stores.Delete();

    [Fact]
    public async Task A_write_that_comes_while_the_removal_is_stored_waits_and_is_refused()
    {
        var former = await Enter(1);
        var write = new Appending("p", 1);
        using (var leader = SqliteDatabase.Open(File, true, TimeSpan.FromSeconds(20)))
        {
            leader.Execute("BEGIN IMMEDIATE");
            leader.Execute($"DELETE FROM akka_cluster_member WHERE node = '{Node(1).ToText()}'");
            former.Submit(write);
            leader.Execute("COMMIT");
        }

        await IsRefused(write);
        Assert.Equal(0, await former.ReadHighestSequenceNr("p"));
    }
}
