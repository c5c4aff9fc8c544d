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

    /// <summary>Longer than any pause between two attempts to register (<c>agent.register-backoff-max</c>).</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(2);

    /// <summary>Who waits for an agent's answer: each of those who came with its id.</summary>
    private readonly Dictionary<AgentId, Dictionary<Guid, Claim>> claims = [];

    private bool MustWait(AgentId id, Guid incarnation, IActorRef newcomer)
    {
        if (!contacts.TryGetValue(id, out var holder) || holder.HasEnded || holder.Incarnation == incarnation
            || PlaceOf(holder.Agent) == PlaceOf(newcomer))
        {
            claims.Remove(id);
            return false;
        }

        var waiting = claims.TryGetValue(id, out var known) ? known : claims[id] = [];
        if (!waiting.TryGetValue(incarnation, out var claim))
        {
            foreach (var (gone, _) in waiting.Where(each => Now - each.Value.Since > GivenUpAfter))
            {
                waiting.Remove(gone);
            }

            waiting[incarnation] = new Claim(Now);
            holder.Agent.Tell(new AgentProtocol.Ping(id, book.Find(id)?.Session ?? AgentSession.None));
            return true;
        }

        if (claim.IsDenied)
        {
            waiting.Remove(incarnation);
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

    /// <summary>The agent lives: nobody takes its place.</summary>
    private void DenyClaims(AgentId id)
    {
        if (claims.TryGetValue(id, out var waiting))
        {
            foreach (var claim in waiting.Values)
            {
                claim.IsDenied = true;
            }
        }
    }

    private static (Address Node, string Path) PlaceOf(IActorRef agent) =>
        (agent.Path.Address, agent.Path.ToStringWithoutAddress());

    private sealed class Claim(DateTimeOffset since)
    {
        public DateTimeOffset Since => since;

        public bool IsDenied { get; set; }
    }
}
