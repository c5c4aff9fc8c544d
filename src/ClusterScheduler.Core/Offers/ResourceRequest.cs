using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// What a framework waits for in a role, as it says itself (Mesos: REQUEST). It changes no offer; explanations are
/// about it.
/// </summary>
/// <param name="Role">One of the framework's roles.</param>
/// <param name="Resources">What one offer would have to hold.</param>
public sealed record ResourceRequest(string Role, ResourceSet Resources)
{
    /// <summary>The most that a framework may say at once.</summary>
    public const int RequestsMax = 100;
}
