namespace Akka.Persistence.Sql;

/// <summary>One stored event: a row of the journal table.</summary>
/// <param name="PersistenceId">The writer's identity.</param>
/// <param name="SequenceNr">Its number within that identity, from 1.</param>
/// <param name="Created">When the event was made, in ticks of UTC.</param>
/// <param name="SerializerId">Which serializer wrote the payload.</param>
/// <param name="Manifest">What that serializer needs to read it.</param>
/// <param name="Payload">The serialized event.</param>
/// <param name="WriterUuid">The incarnation of the actor that wrote it.</param>
/// <param name="Tags">Rows of the tag table; empty for most events.</param>
internal sealed record EventRow(
    string PersistenceId,
    long SequenceNr,
    long Created,
    int SerializerId,
    string Manifest,
    byte[] Payload,
    string? WriterUuid,
    IReadOnlyCollection<string> Tags);

/// <summary>Which events to read, and how many of them at most.</summary>
internal readonly record struct EventRange(string PersistenceId, long FromSequenceNr, long ToSequenceNr, int Limit);

/// <summary>One stored snapshot: a row of the snapshot table.</summary>
internal sealed record SnapshotRow(
    string PersistenceId,
    long SequenceNr,
    long Created,
    int SerializerId,
    string Manifest,
    byte[] Payload);
