namespace ClusterScheduler.Simulation.Storage;

/// <summary>One row of the journal.</summary>
internal readonly record struct StoredEvent(long Number, int SerializerId, string Manifest, byte[] Payload);
