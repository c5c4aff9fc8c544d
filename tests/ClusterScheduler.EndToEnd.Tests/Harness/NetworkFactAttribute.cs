namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A test on a <see cref="VirtualNetwork"/>: skipped, visibly, where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = VirtualNetwork.IsAllowed ? null : VirtualNetwork.NotAllowed;
}
