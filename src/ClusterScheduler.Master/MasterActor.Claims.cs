namespace ClusterScheduler.Master;

/// <summary>
/// Two processes with one agent id: a data directory that was copied. Whoever comes from another place than the agent
/// that has the id waits until that one was asked whether it lives. If it answers, the newcomer is refused; if not, it
/// has taken the agent's place. A member that starts anew comes from where it was; every connection of an agent outside
/// the membership is a place of its own.
/// </summary>
public sealed partial class MasterActor
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1.5);

    private readonly Dictionary<AgentId, Claim> claims = [];

    private bool MustWait(AgentId id, Guid incarnation, IActorRef newcomer)
    {
        if (!contacts.TryGetValue(id, out var holder) || holder.HasEnded || holder.Incarnation == incarnation
            || PlaceOf(holder.Agent) == PlaceOf(newcomer))
        {
            claims.Remove(id);
            return false;
        }

        if (!claims.TryGetValue(id, out var claim) || claim.Incarnation != incarnation)
        {
            claims[id] = new Claim(incarnation, Now, IsDenied: false);
            holder.Agent.Tell(new AgentProtocol.Ping(id, book.Find(id)?.Session ?? AgentSession.None));
            return true;
        }

        if (claim.IsDenied)
        {
            claims.Remove(id);
            var address = holder.Agent.Path.Address;
            var place = address.HasLocalScope ? "the node with the master" : address.ToString();
            newcomer.Tell(new AgentProtocol.AgentRefused(incarnation, AgentProtocol.AgentRefusal.IdInUse,
                $"agent {id} is registered from {place} and alive"));
            return true;
        }

        if (Now - claim.Since < AnswerWithin)
        {
            return true;
        }

        claims.Remove(id);
        return false;
    }

    private static (Address Node, string Path) PlaceOf(IActorRef agent) =>
        (agent.Path.Address, agent.Path.ToStringWithoutAddress());

    private sealed record Claim(Guid Incarnation, DateTimeOffset Since, bool IsDenied);
}
