using Akka.Coordination.Sql;
using Microsoft.Data.Sqlite;

namespace Akka.Embedded.Tests.Coordination;

public sealed class SqliteLeaseTableTests : LeaseTableConformance
{
    private readonly string _directory = Directory.CreateTempSubdirectory("leases-").FullName;

    private string ConnectionString => $"Data Source={Path.Combine(_directory, "leases.db")}";

    private protected override ILeaseTable OpenTable() => new SqliteLeaseTable(ConnectionString);

    private protected override void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, true);
    }

    [Fact]
    public async Task A_restart_of_the_machine_ends_every_lease()
    {
        using var table = OpenTable();
        await table.TryAcquire("lease", "a", TimeSpan.FromHours(1), default);
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            using var restart = connection.CreateCommand();
            restart.CommandText = "UPDATE akka_lease SET boot_id = 'another'";
            restart.ExecuteNonQuery();
        }

        Assert.Equal(2, await table.TryAcquire("lease", "b", TimeSpan.FromHours(1), default));
    }

    /// <summary>While another reads the file nothing can be committed to it; what was not stored was not granted.
    /// </summary>
    [Fact]
    public async Task What_was_granted_has_been_stored()
    {
        using var table = OpenTable();
        Assert.Equal(1, await table.TryAcquire("lease", "a", TimeSpan.Zero, default));
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: true);
            using var read = connection.CreateCommand();
            read.CommandText = "SELECT count(*) FROM akka_lease";
            read.ExecuteScalar();

            await Assert.ThrowsAsync<SqliteException>(() =>
                table.TryAcquire("lease", "a", TimeSpan.FromHours(1), default));
            await Assert.ThrowsAsync<SqliteException>(() =>
                table.TryRenew("lease", 1, TimeSpan.FromHours(1), default));
        }

        Assert.Equal(2, await table.TryAcquire("lease", "a", TimeSpan.FromHours(1), default));
    }
}
