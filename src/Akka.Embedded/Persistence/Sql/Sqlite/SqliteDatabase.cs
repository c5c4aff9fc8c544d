using System.Diagnostics;
using SQLitePCL;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// One connection to a SQLite file, for one thread at a time. It calls the library directly: prepared statements that
/// live as long as the connection are several times faster than a command object per write.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly List<SqliteStatement> _statements = [];

    private readonly TimeSpan _lockTimeout;

    private SqliteDatabase(string path, sqlite3 handle, TimeSpan lockTimeout)
    {
        Path = path;
        _handle = handle;
        _lockTimeout = lockTimeout;
    }

    public string Path { get; }

    public long LastInsertedRow => raw.sqlite3_last_insert_rowid(_handle);

    public static SqliteDatabase Open(string path, bool create, TimeSpan lockTimeout)
    {
        Batteries_V2.Init();
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        var database = new SqliteDatabase(path, handle, lockTimeout);
        try
        {
            database.Check(result);
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL");
            return database;
        }
        catch (EventStoreException)
        {
            database.Dispose();
            throw;
        }
    }

    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        var statement = new SqliteStatement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    public void Execute(string sql) => Check(Patiently(() => raw.sqlite3_exec(_handle, sql)));

    /// <summary>
    /// Waits for a lock of another connection. The library's own waiting sleeps whole seconds in some builds.
    /// </summary>
    public int Patiently(Func<int> attempt)
    {
        var result = attempt();
        if (!IsBusy(result))
        {
            return result;
        }

        var started = Stopwatch.GetTimestamp();
        while (IsBusy(result) && Stopwatch.GetElapsedTime(started) < _lockTimeout)
        {
            Thread.Sleep(1);
            result = attempt();
        }

        return result;

        static bool IsBusy(int result) => (result & 0xff) == raw.SQLITE_BUSY;
    }

    public long QueryNumber(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
        using var statement = new SqliteStatement(this, handle);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Error(result);
        }
    }

    public void Dispose()
    {
        _statements.ForEach(static statement => statement.Dispose());
        _statements.Clear();
        _handle.Dispose();
    }

    private EventStoreException Error(int result)
    {
        var said = _handle.IsInvalid ? raw.sqlite3_errstr(result) : raw.sqlite3_errmsg(_handle);
        var (trouble, what) = (result & 0xff) switch
        {
            raw.SQLITE_CANTOPEN => (EventStoreTrouble.Unreachable,
                "cannot be opened: its directory must exist and be writable"),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => (EventStoreTrouble.Unreachable,
                "is not writable for this user"),
            raw.SQLITE_NOTADB => (EventStoreTrouble.NotADatabase, "is not a SQLite database"),
            raw.SQLITE_CORRUPT => (EventStoreTrouble.NotADatabase, "is damaged"),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (EventStoreTrouble.Locked,
                "is locked by another process that does not let go"),
            raw.SQLITE_FULL => (EventStoreTrouble.Full, "cannot grow: the disk is full"),
            raw.SQLITE_IOERR => (EventStoreTrouble.Unreachable, "cannot be read or written"),
            _ => (EventStoreTrouble.Refused, "refused a statement"),
        };
        return new EventStoreException(
            trouble, $"The store '{Path}' {what} (SQLite {result}: {said.utf8_to_string()}).");
    }
}
