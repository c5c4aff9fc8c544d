using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>
/// Tables and columns as Akka.Persistence.Sql makes them on PostgreSQL, so that a database can move between the
/// engines. The version stands in a table of this engine's own.
/// </summary>
internal static class PostgresSchema
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS journal (
            ordering BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            created BIGINT NOT NULL,
            deleted BOOLEAN NOT NULL,
            persistence_id VARCHAR(255) NOT NULL,
            sequence_number BIGINT NOT NULL,
            message BYTEA NOT NULL,
            manifest VARCHAR(500),
            identifier INTEGER,
            writer_uuid VARCHAR(128),
            CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number));
        CREATE TABLE IF NOT EXISTS tags (
            ordering_id BIGINT NOT NULL,
            tag VARCHAR(64) NOT NULL,
            sequence_nr BIGINT NOT NULL,
            persistence_id VARCHAR(255) NOT NULL,
            PRIMARY KEY (ordering_id, tag));
        CREATE INDEX IF NOT EXISTS tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
        CREATE INDEX IF NOT EXISTS tags_tag_idx ON tags (tag);
        CREATE TABLE IF NOT EXISTS snapshot (
            created BIGINT NOT NULL,
            persistence_id VARCHAR(255) NOT NULL,
            sequence_number BIGINT NOT NULL,
            snapshot BYTEA,
            manifest VARCHAR(500),
            serializer_id INTEGER,
            PRIMARY KEY (persistence_id, sequence_number));
        CREATE TABLE IF NOT EXISTS akka_embedded_schema (
            part VARCHAR(64) PRIMARY KEY,
            version INTEGER NOT NULL);
        """;

    /// <summary>Locks out other nodes that start at the same time.</summary>
    private const long MigrationLock = 0x616B6B61;

    /// <summary>Brings the database to this program's layout, or refuses one that is newer.</summary>
    public static void Prepare(NpgsqlConnection connection, PostgresOptions options)
    {
        if (VersionOf(connection, options) == EventTables.SchemaVersion)
        {
            return;
        }

        if (!options.Create)
        {
            throw new EventStoreException(EventStoreTrouble.Refused,
                $"PostgreSQL at {options.Name} has no tables yet, and 'auto-initialize' is off.");
        }

        using var transaction = connection.BeginTransaction();
        Run(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        if (VersionOf(connection, options) < EventTables.SchemaVersion)
        {
            Run(connection, Create);
            Run(connection,
                $"INSERT INTO akka_embedded_schema VALUES ('persistence', {EventTables.SchemaVersion}) "
                + "ON CONFLICT (part) DO UPDATE SET version = EXCLUDED.version");
        }

        transaction.Commit();
    }

    private static int VersionOf(NpgsqlConnection connection, PostgresOptions options)
    {
        using var exists = new NpgsqlCommand("SELECT to_regclass('akka_embedded_schema') IS NOT NULL", connection);
        if (exists.ExecuteScalar() is not true)
        {
            return 0;
        }

        using var query = new NpgsqlCommand(
            "SELECT version FROM akka_embedded_schema WHERE part = 'persistence'", connection);
        var version = query.ExecuteScalar() as int? ?? 0;
        return version <= EventTables.SchemaVersion
            ? version
            : throw new EventStoreException(EventStoreTrouble.SchemaNewer,
                $"PostgreSQL at {options.Name} has layout version {version}, but this program knows only up to "
                + $"{EventTables.SchemaVersion}: it was written by a newer program.");
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
