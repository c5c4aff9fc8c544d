using ClusterScheduler.Runtime.Delivery;

namespace ClusterScheduler.Master;

/// <summary>
/// Every task that resources are held for is asked for once in a while, agent by agent, and at once where an agent
/// holds fewer than it is counted for: one that ended and whose release was lost with its entity's node is released,
/// and an entity that sleeps though it owes something wakes. One whose launch may still be under way is not asked for
/// here: its entity, not having heard of it, would forbid it.
/// </summary>
public sealed partial class MasterActor
{
    private readonly Rounds<AgentId> audits;

    private static TimeSpan Elapsed => Context.System.Scheduler.MonotonicClock;

    private void SweepAudit()
    {
        foreach (var agent in book.Agents)
        {
            audits.Add(agent.Id, Elapsed);
        }

        foreach (var id in audits.Due(Elapsed, id => book.Find(id) is null))
        {
            if (book.Find(id) is { Reported: true } agent)
            {
                Audit(agent);
            }
        }
    }

    private void Audit(AgentLedger agent)
    {
        foreach (var task in agent.Tasks.Where(static task => task.Confirmed))
        {
            // Said of no session: the entity only tells where the task stands.
            refs.Tasks.Tell(new TaskProtocol.ProbeTask(
                task.FrameworkId, task.TaskId, agent.Id, Epoch, AgentSession.None));
        }
    }
}
