using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What agents lend out beyond their totals (Mesos: oversubscription).</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Replaces all revocable resources of an agent. What is held beyond the new amount stays held, and nothing
    /// revocable is free until enough of it has come back.
    /// </summary>
    /// <param name="id">The agent.</param>
    /// <param name="revocable">All that it lends out; what is not revocable in it does not count.</param>
    /// <returns>
    /// Null, or UnknownAgent, TooManyResourceNames, NegativeAmount, TotalTooLarge, AgentTooLarge, PartsOverlap.
    /// </returns>
    public AllocatorRefusal? UpdateRevocable(AgentId id, ResourceSet revocable)
    {
        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id);
        }

        var own = agent.Profile.Total.Where(static item => !item.Key.IsRevocable);
        return UpdateAgent(agent.Profile with { Total = own + revocable.Revocable });
    }
}
