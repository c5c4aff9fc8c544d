using ClusterScheduler.Core.Roles;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>What agents lend out: told by them, offered to frameworks that say REVOCABLE_RESOURCES.</summary>
public sealed partial class MasterActor
{
    private void UpdateRevocable(MasterProtocol.UpdateRevocable update)
    {
        if (book.Find(update.AgentId) is not { } agent)
        {
            Sender.Tell(new AgentProtocol.Reregister(update.AgentId, Epoch));
            return;
        }

        if (agent.Session != update.Session || !agent.Reported)
        {
            // Its report is on its way, and after that it says this again.
            return;
        }

        watch.Hear(update.AgentId);
        Sender.Tell(new AgentProtocol.RevocableNoted(update.AgentId, update.Session, update.Version));
        var before = agent.Revocable;
        var lent = update.Revocable.Revocable;
        if (!agent.TryLend(lent, update.Version) || lent == before)
        {
            return;
        }

        // First what there is now: otherwise what comes back could be offered again as if it were still lent.
        allocator.Tell(new AllocatorProtocol.UpdateRevocable(update.AgentId, lent));
        if (!lent.Contains(before))
        {
            // What was offered of it may be no more; who accepted it already keeps it until the agent is pressed.
            Rescind(agent.Offers.Select(offer => book.Find(offer)!)
                .Where(static open => !open.Offer.Resources.Revocable.IsEmpty)
                .Select(static open => (open.FrameworkId, RoleName.Parse(open.Offer.Role), open.Offer.AgentId))
                .Distinct());
        }
    }
}
