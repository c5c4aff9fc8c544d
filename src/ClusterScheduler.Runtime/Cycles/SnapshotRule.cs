namespace ClusterScheduler.Runtime.Cycles;

/// <summary>When an actor stores its whole state, so that recovery does not grow with its history.</summary>
/// <param name="Every">Stored events between two snapshots; 0: none is ever taken.</param>
public readonly record struct SnapshotRule(int Every)
{
    /// <summary>For entities with few events in all their life.</summary>
    public static SnapshotRule Never => default;
}
