namespace ClusterScheduler.Protocol.Wire;

/// <summary>A manifest with the codec of its record.</summary>
internal sealed record WireEntry(string Name, WireCodec Codec);
