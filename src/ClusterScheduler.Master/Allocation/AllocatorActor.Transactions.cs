using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Transactions beside offers.</content>
internal sealed partial class AllocatorActor
{
    private void Transactions()
    {
        Receive<AllocatorProtocol.Commit>(commit =>
        {
            Context.Parent.Tell(new AllocatorProtocol.Committed(
                commit.Request, CheckAgents(commit.Request) ?? commit.Taken ?? Commit(commit.Request)));
            AskUsers();
        });
        Receive<AllocatorProtocol.ViewAgents>(view => Context.Parent.Tell(
            new AllocatorProtocol.AgentsViewed(view.Asked, View(view.Asked))));
    }

    /// <summary>Whoever looked before an agent changed has to look again, whatever else there is to say.</summary>
    private TransactionRefusal? CheckAgents(TransactionRequest request)
    {
        if (allocator.IsAwaitingAgents(Now))
        {
            return new TransactionRefusal(TransactionFault.AgentsAwaited,
                "after a failover not enough agents are back to know what quota leaves");
        }

        return request.Placements.Select(CheckVersion).FirstOrDefault(static each => each is not null);
    }

    private TransactionRefusal? Commit(TransactionRequest request)
    {
        if (!RoleName.TryParse(request.Role, out var role, out _))
        {
            return new TransactionRefusal(TransactionFault.NotSubscribed,
                $"'{request.Role}' is no role of the framework");
        }

        var refusal = allocator.Commit(request.FrameworkId, role,
            [
                .. request.Placements.Select(static placement => new AgentClaim(
                    placement.AgentId, placement.Version.Count, placement.Claimed())),
            ]);
        if (refusal is null)
        {
            return null;
        }

        var seen = request.Placements.FirstOrDefault(placement => placement.AgentId == refusal.Agent);
        return TransactionRefusal.Of(refusal, seen?.Version.Session ?? default, seen?.Version ?? default);
    }

    private TransactionRefusal? CheckVersion(AgentPlacement placement)
    {
        var id = placement.AgentId;
        if (!sessions.TryGetValue(id, out var session))
        {
            return TransactionRefusal.Unknown(id);
        }

        var now = new AgentVersion(session, allocator.VersionOf(id)!.Value);
        return now == placement.Version ? null : TransactionRefusal.Conflict(id, placement.Version, now);
    }

    private AgentPage View(MasterProtocol.ViewAgents asked)
    {
        var (query, role, _, _) = asked.Query;
        if (!RoleName.TryParse(role, out var name, out _))
        {
            return new AgentPage(query, role, [], true);
        }

        // One more than a page holds says whether there are more.
        var views = allocator.ViewFreeAgents(asked.FrameworkId, name, asked.Query.Least, asked.Query.After,
            AgentQuery.AgentsMax + 1, Now);
        return new AgentPage(query, role,
            [
                .. views.Take(AgentQuery.AgentsMax).Select(view => new FreeAgent(
                    view.Profile.Id, view.Profile.Hostname, [.. view.Profile.Attributes],
                    new AgentVersion(sessions[view.Profile.Id], view.Version), view.Free)
                {
                    Domain = view.Profile.Domain,
                }),
            ],
            views.Count <= AgentQuery.AgentsMax);
    }
}
