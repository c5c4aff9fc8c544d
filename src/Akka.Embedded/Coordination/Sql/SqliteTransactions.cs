using Microsoft.Data.Sqlite;

namespace Akka.Coordination.Sql;

/// <summary>
/// Short transactions on a SQLite file, each on a connection of its own. What one gives is given only after its commit
/// succeeded: a row that a statement returns comes before that, and the commit fails while another reads the file, or
/// when the disk is full.
/// </summary>
internal static class SqliteTransactions
{
    private const int PatienceSeconds = 3;

    /// <summary>SQLite has no asynchronous calls: the transaction runs on a thread of the pool.</summary>
    internal static Task<T> Run<T>(
        string connectionString, Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancel) =>
        Task.Run(
            () =>
            {
                SQLitePCL.Batteries_V2.Init();
                using var connection = new SqliteConnection(connectionString) { DefaultTimeout = PatienceSeconds };
                connection.Open();
                using var transaction = connection.BeginTransaction(deferred: false);
                cancel.ThrowIfCancellationRequested();
                var result = work(connection, transaction);
                transaction.Commit();
                return result;
            }, cancel);
}
