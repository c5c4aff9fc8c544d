using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>
/// Where agents are. One whose process ends, whose node is removed, or whose connection to its gateway breaks is
/// disconnected at once, as in Mesos: its offers end, and nothing of it is offered until it is back. Its tasks run on,
/// and count for shares and quota; unreachable it is only when it misses its pings.
/// </summary>
public sealed partial class MasterActor
{
    private readonly Dictionary<AgentId, AgentContact> contacts = [];
    private readonly Dictionary<IActorRef, AgentId> watched = [];

    private void Meet(AgentId id, AgentContact contact)
    {
        Part(id);
        contacts[id] = contact;
        watched[Context.Watch(contact.Agent)] = id;
    }

    private void Part(AgentId id)
    {
        if (contacts.Remove(id, out var contact) && watched.TryGetValue(contact.Agent, out var agent) && agent == id)
        {
            watched.Remove(Context.Unwatch(contact.Agent));
        }
    }

    private void Disconnect(Terminated ended)
    {
        if (!watched.Remove(ended.ActorRef, out var id))
        {
            return;
        }

        Logger.Info("agent {0} is disconnected", id);
        contacts[id] = contacts[id] with { HasEnded = true };
        book.Disconnect(id);
        StopOffering(id);
    }

    /// <summary>Until it reports: its offers end, and what its tasks use counts on.</summary>
    private void StopOffering(AgentId id)
    {
        EndOffersOf(id);
        VoidInverse(id);
        allocator.Tell(new AllocatorProtocol.DeactivateAgent(id));
    }

    /// <summary>Where an agent is spoken to.</summary>
    private sealed record AgentContact(IActorRef Agent, Guid Incarnation, bool HasEnded = false);
}
