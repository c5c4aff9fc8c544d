using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// A framework is asked to leave an agent before it goes away (Mesos: InverseOffer). Its answer is advice for the
/// operator; nothing is taken away by it.
/// </summary>
/// <param name="Id">Of the same kind as those of offers; never used twice.</param>
/// <param name="AgentId">Which agent goes away.</param>
/// <param name="Hostname">That machine's name.</param>
/// <param name="Unavailability">When, and for how long.</param>
/// <param name="Resources">What the framework uses there, in all its roles.</param>
public sealed record InverseOffer(
    OfferId Id, AgentId AgentId, string Hostname, Unavailability Unavailability, ResourceSet Resources);

/// <summary>What a framework said to an inverse offer.</summary>
public enum InverseVerdict
{
    /// <summary>Nothing yet (Mesos: UNKNOWN).</summary>
    Open,

    /// <summary>It will leave in time.</summary>
    Accepted,

    /// <summary>It will not, or not in time.</summary>
    Declined,
}

/// <summary>The newest that a framework said of leaving an agent.</summary>
/// <param name="At">When it was asked, or answered.</param>
public sealed record InverseAnswer(
    AgentId AgentId, FrameworkId FrameworkId, InverseVerdict Verdict, DateTimeOffset At);
