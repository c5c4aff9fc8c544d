namespace Akka.Coordination;

/// <summary>That something is done under a lease.</summary>
public sealed class LeaseUsageSettings(string leaseImplementation, TimeSpan leaseRetryInterval)
{
    /// <summary>HOCON path of the lease.</summary>
    public string LeaseImplementation { get; } = leaseImplementation;

    /// <summary>How long to wait before asking again.</summary>
    public TimeSpan LeaseRetryInterval { get; } = leaseRetryInterval;

    public override string ToString() =>
        $"under a lease of {LeaseImplementation}, asked for every {LeaseRetryInterval}";
}
