namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A test with a <see cref="SmallDisk"/>: skipped, visibly, where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute() => Skip = SmallDisk.IsAllowed ? null : SmallDisk.NotAllowed;
}
