using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Inverse offers: frameworks that use an agent with planned maintenance are asked to leave it. Asking is all;
/// whether
/// they say yes or no is advice for the operator. One is outstanding per framework and agent at most.
/// </summary>
public sealed partial class Allocator
{
    private readonly InverseQuestions asked = new();
    private readonly SortedSet<AgentId> leaving = [];

    // Leaving agents where somebody may have to be asked, so that a round looks at no others.
    private readonly SortedSet<AgentId> toAsk = [];

    // When filters on inverse offers end; those that ended otherwise are passed over.
    private readonly PriorityQueue<(AgentId Agent, FrameworkId Framework), DateTimeOffset> askAgain = new();

    /// <summary>
    /// Asks every active framework that uses an agent with planned maintenance and was not asked yet.
    /// </summary>
    /// <param name="now">Filters on inverse offers that ended until now are gone.</param>
    /// <returns>By agent, then framework; a new list each time.</returns>
    public IReadOnlyList<InverseAllocation> AllocateInverse(DateTimeOffset now)
    {
        while (NextInverse <= now)
        {
            toAsk.Add(askAgain.Dequeue().Agent);
        }

        if (toAsk.Count == 0)
        {
            return [];
        }

        var made = new List<InverseAllocation>();
        foreach (var id in toAsk.Where(leaving.Contains))
        {
            var agent = agents.Find(id)!;
            foreach (var (framework, used) in Uses(agent).Values)
            {
                var isOpen = asked.TryFind(id, framework.Profile.Id, out var until) && !(until <= now);
                if (!isOpen && framework.IsActive)
                {
                    asked.Set(id, framework.Profile.Id, null);
                    made.Add(new InverseAllocation(framework.Profile.Id, id, agent.Profile.Unavailability!, used));
                }
            }
        }

        toAsk.Clear();
        return made;
    }

    /// <summary>Ends an inverse offer: answered either way, or rescinded.</summary>
    /// <param name="framework">Who was asked.</param>
    /// <param name="agent">About which agent.</param>
    /// <param name="refuse">How long it does not want to be asked again; zero to be asked in the next round.</param>
    /// <param name="now">The instant of the answer.</param>
    /// <returns>
    /// Null, or UnknownFramework, UnknownAgent, NegativeTime, or NotOffered when no question is open.
    /// </returns>
    public AllocatorRefusal? RecoverInverse(
        FrameworkId framework, AgentId agent, TimeSpan refuse, DateTimeOffset now)
    {
        var isOpen = asked.TryFind(agent, framework, out var until) && until is null;
        var fault = !frameworks.ContainsKey(framework) ? AllocatorFault.UnknownFramework
            : agents.Find(agent) is null ? AllocatorFault.UnknownAgent
            : refuse < TimeSpan.Zero ? AllocatorFault.NegativeTime
            : isOpen ? (AllocatorFault?)null : AllocatorFault.NotOffered;
        if (fault is not null)
        {
            return Refuse(fault.Value, agent, framework);
        }

        var again = now + (refuse > FilterDuration.Most ? FilterDuration.Most : refuse);
        asked.Set(agent, framework, again);
        askAgain.Enqueue((agent, framework), again);
        if (askAgain.Count > (2 * asked.Count) + 16)
        {
            askAgain.Clear();
            askAgain.EnqueueRange(asked.Answered());
        }

        return null;
    }

    /// <summary>Whether <see cref="AllocateInverse"/> may ask somebody now.</summary>
    public bool HasInverseWork => toAsk.Count > 0;

    /// <summary>The framework's connection ended: it is asked anew about every agent.</summary>
    public void ForgetInverse(FrameworkId framework)
    {
        asked.Forget(framework);
        toAsk.UnionWith(leaving);
    }

    /// <summary>When the first filter on inverse offers ends; null when there is none.</summary>
    public DateTimeOffset? NextInverse
    {
        get
        {
            while (askAgain.TryPeek(out var key, out var at))
            {
                if (asked.TryFind(key.Agent, key.Framework, out var until) && until == at)
                {
                    return at;
                }

                askAgain.Dequeue();
            }

            return null;
        }
    }

    private static SortedDictionary<FrameworkId, (FrameworkState Framework, ResourceSet Used)> Uses(AgentState agent)
    {
        var uses = new SortedDictionary<FrameworkId, (FrameworkState Framework, ResourceSet Used)>();
        foreach (ref readonly var holding in agent.Holdings)
        {
            if (!holding.Used.IsEmpty)
            {
                var framework = holding.Client.Framework;
                uses[framework.Profile.Id] =
                    (framework, uses.GetValueOrDefault(framework.Profile.Id).Used + holding.Used);
            }
        }

        return uses;
    }

    // Another plan, or none, voids every question about the agent and every answer to one.
    private void FollowUnavailability(AgentState agent)
    {
        asked.Forget(agent.Profile.Id);
        if (agent.Profile.Unavailability is null)
        {
            leaving.Remove(agent.Profile.Id);
        }
        else
        {
            leaving.Add(agent.Profile.Id);
            toAsk.Add(agent.Profile.Id);
        }
    }

    private void AskUsers(AgentState agent)
    {
        if (agent.Profile.Unavailability is not null)
        {
            toAsk.Add(agent.Profile.Id);
        }
    }

    // REVIVE drops the framework's inverse filters, not its open questions.
    private void ForgetInverseFilters(FrameworkId framework) => toAsk.UnionWith(asked.ForgetAnswered(framework));
}
