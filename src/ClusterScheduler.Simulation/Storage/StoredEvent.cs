namespace ClusterScheduler.Simulation.Storage;

/// <summary>One row of the journal.</summary>
/// <param name="Payload">None: the event is kept as the object that it is.</param>
internal readonly record struct StoredEvent(
    long Number, int SerializerId, string Manifest, byte[]? Payload, object Original);
