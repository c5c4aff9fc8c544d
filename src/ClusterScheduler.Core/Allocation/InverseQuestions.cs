using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What frameworks were asked about leaving agents: by agent, since one that changes voids what was asked about it.
/// </summary>
internal sealed class InverseQuestions
{
    // Null while the question is open, later the instant until which it is not asked again.
    private readonly Dictionary<AgentId, SortedDictionary<FrameworkId, DateTimeOffset?>> asked = [];

    public int Count { get; private set; }

    public bool TryFind(AgentId agent, FrameworkId framework, out DateTimeOffset? until)
    {
        until = null;
        return asked.TryGetValue(agent, out var own) && own.TryGetValue(framework, out until);
    }

    public void Set(AgentId agent, FrameworkId framework, DateTimeOffset? until)
    {
        if (!asked.TryGetValue(agent, out var own))
        {
            asked.Add(agent, own = []);
        }

        Count += own.ContainsKey(framework) ? 0 : 1;
        own[framework] = until;
    }

    public void Forget(AgentId agent)
    {
        if (asked.Remove(agent, out var own))
        {
            Count -= own.Count;
        }
    }

    public void Forget(FrameworkId framework)
    {
        foreach (var agent in asked.Keys.ToArray())
        {
            Forget(agent, framework);
        }
    }

    /// <summary>Forgets the framework's answers, not its open questions; the agents that they were about.</summary>
    public IReadOnlyList<AgentId> ForgetAnswered(FrameworkId framework)
    {
        if (Count == 0)
        {
            return [];
        }

        AgentId[] answered =
        [
            .. asked.Where(each => each.Value.GetValueOrDefault(framework) is not null).Select(each => each.Key),
        ];
        foreach (var agent in answered)
        {
            Forget(agent, framework);
        }

        return answered;
    }

    public IEnumerable<((AgentId Agent, FrameworkId Framework) Key, DateTimeOffset Until)> Answered() =>
        from agent in asked
        from framework in agent.Value
        where framework.Value.HasValue
        select ((agent.Key, framework.Key), framework.Value.GetValueOrDefault());

    private void Forget(AgentId agent, FrameworkId framework)
    {
        if (asked[agent].Remove(framework))
        {
            Count--;
        }

        if (asked[agent].Count == 0)
        {
            asked.Remove(agent);
        }
    }
}
