using ClusterScheduler.Core.Registry;

namespace ClusterScheduler.Master;

/// <summary>
/// What every framework has to know: that there is a new master, and which agents are lost, gone or back. Said until
/// each has noted it; what a master has not finished saying is stored as not announced, and the next one says it.
/// </summary>
public sealed partial class MasterActor
{
    // Of what is repeated, in one sweep.
    private const int NewsMax = 10_000;

    private readonly AgentNewsBook news = new();
    private readonly SortedSet<FrameworkId> uncalled = [];

    private void NewsCommands()
    {
        Command<MasterProtocol.ElectionNoted>(noted =>
        {
            if (!IsOusted(noted.Epoch) && noted.Epoch == Epoch)
            {
                uncalled.Remove(noted.FrameworkId);
            }
        });
        Command<FrameworkProtocol.AgentLossNoted>(noted => news.Noted(noted.FrameworkId, new AgentNews(
            noted.AgentId, noted.Gone ? AgentTurn.Gone : AgentTurn.Lost, noted.Session)));
        Command<FrameworkProtocol.AgentReturnNoted>(noted => news.Noted(
            noted.FrameworkId, new AgentNews(noted.AgentId, AgentTurn.Returned, noted.Session)));
    }

    private void TellFromNowOn()
    {
        uncalled.UnionWith(State.Frameworks.Where(static framework => framework.Value.Removed is null)
            .Select(static framework => framework.Key));
        CallFrameworks();
        foreach (var (id, agent) in State.Agents)
        {
            if (!agent.Announced && agent.Standing != RegisteredStanding.Admitted)
            {
                Announce(new AgentNews(
                    id, agent.Standing == RegisteredStanding.Gone ? AgentTurn.Gone : AgentTurn.Lost, LatestSession));
            }
        }
    }

    private void CallFrameworks()
    {
        foreach (var framework in uncalled)
        {
            refs.Frameworks.Tell(new FrameworkProtocol.MasterElected(framework, Epoch));
        }
    }

    private void Announce(AgentNews item)
    {
        var since = State.Agents[item.AgentId].Since;
        news.Announce(item, since, State.Frameworks.Keys);
        foreach (var framework in State.Frameworks.Keys)
        {
            Tell(framework, item, since);
        }
    }

    private void SweepNews()
    {
        CallFrameworks();
        CallAgents();
        foreach (var (framework, item) in news.Next(NewsMax))
        {
            Tell(framework, item, State.Agents[item.AgentId].Since);
        }

        if (news.TakeDone() is { Count: > 0 } done)
        {
            Decide(new RegistryCommand.NoteAnnounced([.. done]), static _ => { });
        }
    }

    private void Tell(FrameworkId framework, AgentNews item, DateTimeOffset since)
    {
        if (item.Turn != AgentTurn.Returned)
        {
            refs.Frameworks.Tell(new FrameworkProtocol.AgentLost(
                framework, Epoch, item.AgentId, item.Turn == AgentTurn.Gone, since) { Session = item.Session });
        }
        else if (contacts.TryGetValue(item.AgentId, out var contact))
        {
            refs.Frameworks.Tell(new FrameworkProtocol.AgentReturned(
                framework, Epoch, item.AgentId, item.Session, contact.Agent));
        }
    }
}
