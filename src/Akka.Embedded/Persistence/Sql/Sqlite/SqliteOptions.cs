using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>Where the file is and how it is used.</summary>
/// <param name="Path">The database file.</param>
/// <param name="Create">Whether the file and its tables are made when they are missing.</param>
/// <param name="LockTimeout">How long a lock of another process is waited for.</param>
/// <param name="WaitingLimit">How many writes may wait; more are refused.</param>
internal sealed record SqliteOptions(string Path, bool Create, TimeSpan LockTimeout, int WaitingLimit)
{
    public static SqliteOptions Parse(string connectionString, bool create, int waitingLimit)
    {
        var parsed = Builder(connectionString);
        if (parsed.Mode == SqliteOpenMode.Memory || parsed.DataSource is "" or ":memory:")
        {
            throw new EventStoreException(EventStoreTrouble.Unreachable,
                $"'{connectionString}' names no file. Write \"Data Source=/path/to/file.db\"; "
                + "for a journal in memory, use akka.persistence.journal.inmem.");
        }

        return new SqliteOptions(
            System.IO.Path.GetFullPath(parsed.DataSource), create, TimeSpan.FromSeconds(5), waitingLimit);
    }

    private static SqliteConnectionStringBuilder Builder(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new EventStoreException(EventStoreTrouble.Unreachable,
                $"'{connectionString}' is not a connection string for SQLite: {wrong.Message}", wrong);
        }
    }
}
