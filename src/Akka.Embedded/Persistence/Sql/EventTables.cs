namespace Akka.Persistence.Sql;

/// <summary>Names that this engine shares with Akka.Persistence.Sql (table mapping "default").</summary>
internal static class EventTables
{
    /// <summary>Raised with every change of the layout that an older program could not work with.</summary>
    public const int SchemaVersion = 1;

    public const string EventColumns =
        "persistence_id, sequence_number, created, identifier, manifest, message, writer_uuid";

    public const string SnapshotColumns =
        "persistence_id, sequence_number, created, serializer_id, manifest, snapshot";
}
