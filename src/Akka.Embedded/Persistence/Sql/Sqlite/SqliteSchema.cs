namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// Tables and columns as Akka.Persistence.Sql makes them on SQLite, so that a file can move between the engines. The
/// version stands in <c>user_version</c>, which the other engine neither reads nor changes.
/// </summary>
internal static class SqliteSchema
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS journal (
            ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            created BigInt NOT NULL,
            deleted Bit NOT NULL,
            persistence_id NVarChar(255) NOT NULL,
            sequence_number BigInt NOT NULL,
            message VarBinary NOT NULL,
            manifest NVarChar(500) NULL,
            identifier Int NULL,
            writer_uuid NVarChar(128) NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS journal_uq ON journal (persistence_id, sequence_number);
        CREATE TABLE IF NOT EXISTS tags (
            ordering_id INTEGER NOT NULL,
            tag NVarChar(64) NOT NULL,
            sequence_nr INTEGER NOT NULL,
            persistence_id NVarChar(255) NOT NULL,
            PRIMARY KEY (ordering_id, tag));
        CREATE INDEX IF NOT EXISTS tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
        CREATE INDEX IF NOT EXISTS tags_tag_idx ON tags (tag);
        CREATE TABLE IF NOT EXISTS snapshot (
            created BigInt NOT NULL,
            persistence_id NVarChar(255) NOT NULL,
            sequence_number BigInt NOT NULL,
            snapshot VarBinary NULL,
            manifest NVarChar(500) NULL,
            serializer_id Int NULL,
            PRIMARY KEY (persistence_id, sequence_number));
        """;

    /// <summary>Brings the file to this program's layout, or refuses one that is newer.</summary>
    public static void Prepare(SqliteDatabase database, bool create)
    {
        if (VersionOf(database) == EventTables.SchemaVersion)
        {
            return;
        }

        if (!create)
        {
            throw new EventStoreException(EventStoreTrouble.Refused,
                $"The store '{database.Path}' has no tables yet, and 'auto-initialize' is off.");
        }

        database.Execute("BEGIN IMMEDIATE");
        if (VersionOf(database) < EventTables.SchemaVersion)
        {
            database.Execute(Create);
            database.Execute($"PRAGMA user_version = {EventTables.SchemaVersion}");
        }

        database.Execute("COMMIT");
    }

    private static long VersionOf(SqliteDatabase database)
    {
        var version = database.QueryNumber("PRAGMA user_version");
        return version <= EventTables.SchemaVersion
            ? version
            : throw new EventStoreException(EventStoreTrouble.SchemaNewer,
                $"The store '{database.Path}' has layout version {version}, but this program knows only up to "
                + $"{EventTables.SchemaVersion}: it was written by a newer program.");
    }
}
