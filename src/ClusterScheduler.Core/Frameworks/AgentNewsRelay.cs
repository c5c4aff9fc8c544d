using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>
/// What a framework's entity has heard of agents and which of its tasks have not noted it yet. The master is answered
/// when the last one has. Soft: after a restart of the entity the master says it again. Single owner.
/// </summary>
public sealed class AgentNewsRelay
{
    private readonly SortedDictionary<AgentId, Passing> byAgent = [];

    /// <summary>Takes in news.</summary>
    /// <param name="news">What became of the agent.</param>
    /// <param name="tasks">The framework's tasks there.</param>
    public RelayAnswer Take(AgentNews news, IEnumerable<TaskId> tasks)
    {
        if (byAgent.TryGetValue(news.AgentId, out var passing)
            && (passing.News == news || passing.News.IsLaterThan(news)))
        {
            return RelayAnswer.UnderWay;
        }

        SortedSet<TaskId> untold = [.. tasks];
        if (untold.Count == 0)
        {
            byAgent.Remove(news.AgentId);
            return RelayAnswer.Noted;
        }

        byAgent[news.AgentId] = new Passing(news, untold);
        return RelayAnswer.Begun;
    }

    /// <summary>A task noted news of its agent.</summary>
    /// <returns>True when it was the last one.</returns>
    public bool Noted(TaskId task, AgentNews news)
    {
        if (!byAgent.TryGetValue(news.AgentId, out var passing) || passing.News != news
            || !passing.Tasks.Remove(task) || passing.Tasks.Count > 0)
        {
            return false;
        }

        byAgent.Remove(news.AgentId);
        return true;
    }

    /// <summary>Everything that is not noted, in the order of agents and tasks.</summary>
    public IEnumerable<(AgentNews News, TaskId Task)> Open =>
        byAgent.Values.SelectMany(static passing => passing.Tasks.Select(task => (passing.News, task)));

    private sealed record Passing(AgentNews News, SortedSet<TaskId> Tasks);
}

/// <summary>What came of news.</summary>
public enum RelayAnswer
{
    /// <summary>New: it is to be passed on to the tasks.</summary>
    Begun,

    /// <summary>It, or something later, is being passed on already.</summary>
    UnderWay,

    /// <summary>No task is concerned: the master can be answered.</summary>
    Noted,
}
