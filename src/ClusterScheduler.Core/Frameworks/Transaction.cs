using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What makes an accept a transaction: it names agents and versions instead of offers.</summary>
/// <param name="Id">The scheduler's name of it.</param>
/// <param name="Role">In which of the framework's roles.</param>
/// <param name="Sites">Where its launches go: each of them to one.</param>
public sealed record Transaction(Guid Id, string Role, ImmutableArray<TransactionSite> Sites)
{
    /// <summary>As the scheduler says it.</summary>
    public static Transaction Of(Guid id, string role, ImmutableArray<AgentPlacement> placements) => new(id, role,
        [
            .. placements.Select(static placement => new TransactionSite(
                placement.AgentId, placement.Version,
                [.. placement.Tasks.Select(static task => task.TaskId)])),
        ]);

    /// <summary>As the master is told it.</summary>
    /// <param name="launches">The tasks, each once.</param>
    public ImmutableArray<AgentPlacement> Placements(ImmutableArray<TaskInfo> launches)
    {
        var tasks = launches.ToDictionary(static task => task.TaskId);
        return
        [
            .. Sites.Select(site => new AgentPlacement(
                site.AgentId, site.Version, [.. site.TaskIds.Select(id => tasks[id])])),
        ];
    }
}

/// <summary>Tasks of a transaction that go to one agent.</summary>
/// <param name="AgentId">Where.</param>
/// <param name="Version">The version of the agent on which the choice is based.</param>
/// <param name="TaskIds">Which of the launches.</param>
public sealed record TransactionSite(AgentId AgentId, AgentVersion Version, ImmutableArray<TaskId> TaskIds);
