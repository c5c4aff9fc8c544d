using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Master.Allocation;

/// <content>Planned maintenance: offers say it, and who uses such an agent is asked to leave it.</content>
internal sealed partial class AllocatorActor
{
    private void Inverse()
    {
        Receive<AllocatorProtocol.SetUnavailability>(set =>
        {
            if (sessions.ContainsKey(set.AgentId))
            {
                Check(allocator.UpdateUnavailability(set.AgentId, set.Unavailability));
                Changed();
            }
        });
        Receive<AllocatorProtocol.RecoverInverse>(recover =>
        {
            // The plan may have changed while the answer was on its way, or someone left: then nothing is open.
            var refusal = allocator.RecoverInverse(recover.FrameworkId, recover.AgentId, recover.RefuseFor, Now);
            Check(refusal is { Fault: AllocatorFault.NegativeTime } ? refusal : null);
            Changed();
        });
    }

    private void AllocateInverse(DateTimeOffset now)
    {
        var made = allocator.AllocateInverse(now);
        if (made.Count > 0)
        {
            Context.Parent.Tell(new AllocatorProtocol.InverseAllocated(
                [.. made.Select(each => new AllocatorProtocol.InverseGrant(each, sessions[each.Agent]))]));
        }
    }
}
