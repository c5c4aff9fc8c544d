using SQLitePCL;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        database.Check(value is null
            ? raw.sqlite3_bind_null(handle, parameter)
            : raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, byte[] value)
    {
        database.Check(value.Length == 0
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if ((result & 0xff) == raw.SQLITE_BUSY)
        {
            result = Again();
        }

        database.Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end. False: a unique key or other constraint forbids it; nothing has changed.</summary>
    public bool TryRun()
    {
        var result = raw.sqlite3_step(handle);
        raw.sqlite3_reset(handle);
        if ((result & 0xff) == raw.SQLITE_CONSTRAINT)
        {
            return false;
        }

        database.Check(result);
        return true;
    }

    public void Run()
    {
        var result = raw.sqlite3_step(handle);
        if ((result & 0xff) == raw.SQLITE_BUSY)
        {
            result = Again();
        }

        raw.sqlite3_reset(handle);
        database.Check(result);
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public void Dispose() => handle.Dispose();

    private int Again() => database.Patiently(() =>
    {
        raw.sqlite3_reset(handle);
        return raw.sqlite3_step(handle);
    });
}
