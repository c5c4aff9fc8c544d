using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Sdk;

/// <content>Transactions beside offers.</content>
public sealed partial class SchedulerDriver
{
    /// <summary>
    /// Asks where one of the framework's roles could use something now. Answered with
    /// <see cref="ISchedulerCallbacks.AgentsShown"/>, unless it is lost: ask again then.
    /// </summary>
    /// <param name="role">One of the framework's roles.</param>
    /// <param name="least">Only agents with at least this much are shown; empty: any.</param>
    /// <param name="after">The last agent of the page before; none for the first page.</param>
    /// <returns>Names the answer; none: there is no connection, ask when there is.</returns>
    /// <exception cref="ArgumentException">Not a role of the framework.</exception>
    public Guid? ViewAgents(string role, ResourceSet least = default, AgentId? after = null)
    {
        Meant([role]);
        if (!IsConnected)
        {
            return null;
        }

        var query = new AgentQuery(_settings.NewId(), role, least, after);
        Send(new FrameworkProtocol.ViewAgents(FrameworkId, _connection, query));
        return query.QueryId;
    }

    /// <summary>
    /// Launches tasks on free resources of agents that were shown: all of them or none. Quota, reservations and offer
    /// constraints hold as they do for offers; filters, suppression and turn do not count. Answered with
    /// <see cref="ISchedulerCallbacks.TransactionAnswered"/>, and every task by updates as after an accept: of a
    /// transaction that is refused, all tasks come back as <see cref="TaskState.Dropped"/>.
    /// </summary>
    /// <param name="role">In which of the framework's roles.</param>
    /// <param name="placements">At least one, each agent at most once. Ids never used before in this framework.</param>
    /// <returns>Names the answer; none: there is no connection, every task is dropped here, and its update comes as
    /// the next message.</returns>
    /// <exception cref="ArgumentException">Not a role of the framework, no placement, one without tasks, or an agent
    /// or a task id that is named twice.</exception>
    public Guid? Commit(string role, params ImmutableArray<AgentPlacement> placements)
    {
        Meant([role]);
        CheckPlacements(placements);
        var tasks = placements.SelectMany(static placement => placement.Tasks).ToImmutableArray();
        if (!IsConnected)
        {
            foreach (var task in tasks)
            {
                DropHere(task, "there is no connection to the framework's entity; it never started");
            }

            return null;
        }

        var transaction = _settings.NewId();
        ExpectNews(tasks.Select(static task => task.TaskId));
        _counters.Accepted(0, tasks.Length);
        Send(new FrameworkProtocol.CommitTasks(FrameworkId, _connection, transaction, role, placements));
        return transaction;
    }

    private static void CheckPlacements(ImmutableArray<AgentPlacement> placements)
    {
        if (placements.IsDefaultOrEmpty || placements.Any(static placement => placement.Tasks.IsDefaultOrEmpty))
        {
            throw new ArgumentException(
                "a transaction needs placements, and each of them at least one task", nameof(placements));
        }

        var agents = placements.GroupBy(static placement => placement.AgentId).Where(static group => group.Count() > 1);
        if (agents.FirstOrDefault() is { Key: var agent })
        {
            throw new ArgumentException($"agent '{agent}' is named twice", nameof(placements));
        }

        var tasks = placements.SelectMany(static placement => placement.Tasks)
            .GroupBy(static task => task.TaskId).Where(static group => group.Count() > 1);
        if (tasks.FirstOrDefault() is { Key: var task })
        {
            throw new ArgumentException($"task id '{task}' is named twice", nameof(placements));
        }
    }
}
