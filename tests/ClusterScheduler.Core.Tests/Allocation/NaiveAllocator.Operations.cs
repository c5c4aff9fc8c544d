using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Conversions, maintenance, recall and the wait after a failover, from the definitions.</summary>
internal sealed partial class NaiveAllocator
{
    private readonly SortedDictionary<(AgentId, FrameworkId), DateTimeOffset?> asked = [];
    private int agentsAwaited;
    private DateTimeOffset awaitedUntil;

    public AllocatorFault? UpdateRevocable(AgentId id, ResourceSet revocable) =>
        agents.TryGetValue(id, out var agent)
            ? UpdateAgent(agent.Profile with
            {
                Total = agent.Profile.Total.Where(item => !item.Key.IsRevocable) + revocable,
            })
            : AllocatorFault.UnknownAgent;

    public AllocatorFault? ConvertFree(AgentId id, ResourceSet before, ResourceSet after)
    {
        var profile = agents[id].Profile;
        return !Free(profile).Contains(before) ? AllocatorFault.NotFree : Replace(id, before, after);
    }

    public AllocatorFault? ConvertOffered(
        FrameworkId framework, RoleName role, AgentId agent, ResourceSet before, ResourceSet after)
    {
        var fault = CheckHolding(framework, role, agent);
        if (fault is not null)
        {
            return fault;
        }

        var held = Held(agent, framework, role);
        fault = held.Offered.TrySubtract(before, out var rest)
            ? Replace(agent, before, after)
            : AllocatorFault.NotOffered;
        if (fault is null)
        {
            held.Offered = rest + after;
            ConvertOffer(agent, framework, role, before, after);
        }

        Forget(_ => false);
        return fault;
    }

    public AllocatorFault? UpdateUnavailability(AgentId id, Unavailability? plan)
    {
        if (!agents.TryGetValue(id, out var agent))
        {
            return AllocatorFault.UnknownAgent;
        }

        agent.Profile = agent.Profile with { Unavailability = plan };
        ForgetAsked((of, _) => of == id);
        return null;
    }

    public IReadOnlyList<InverseAllocation> AllocateInverse(DateTimeOffset now)
    {
        var made = new List<InverseAllocation>();
        foreach (var agent in agents.Values.Where(agent => agent.Profile.Unavailability is not null))
        {
            var users = holdings.Where(h => h.Key.Item1 == agent.Profile.Id && !h.Value.Used.IsEmpty)
                .GroupBy(h => h.Key.Item2).OrderBy(users => users.Key);
            foreach (var user in users.Where(user => frameworks[user.Key].IsActive))
            {
                if (!asked.TryGetValue((agent.Profile.Id, user.Key), out var until) || until <= now)
                {
                    asked[(agent.Profile.Id, user.Key)] = null;
                    made.Add(new InverseAllocation(
                        user.Key,
                        agent.Profile.Id,
                        agent.Profile.Unavailability!,
                        user.Aggregate(ResourceSet.Empty, (sum, held) => sum + held.Value.Used)));
                }
            }
        }

        return made;
    }

    public AllocatorFault? RecoverInverse(FrameworkId framework, AgentId agent, TimeSpan refuse, DateTimeOffset now)
    {
        if (!frameworks.ContainsKey(framework) || !agents.ContainsKey(agent))
        {
            return frameworks.ContainsKey(framework) ? AllocatorFault.UnknownAgent : AllocatorFault.UnknownFramework;
        }

        if (!asked.TryGetValue((agent, framework), out var until) || until is not null)
        {
            return AllocatorFault.NotOffered;
        }

        asked[(agent, framework)] = now + (refuse > TimeSpan.FromDays(365) ? TimeSpan.FromDays(365) : refuse);
        return null;
    }

    public void AwaitAgents(int known, DateTimeOffset until)
    {
        var awaited = (int)Math.Ceiling(known * settings.RecoveryFactor);
        agentsAwaited = quotas.Count > 0 && agents.Count < awaited ? awaited : 0;
        awaitedUntil = until;
    }

    private static IEnumerable<RoleName> PathOf(RoleName role)
    {
        for (RoleName? node = role; node is not null; node = node.Value.Parent)
        {
            yield return node.Value;
        }
    }

    private AllocatorFault? Replace(AgentId id, ResourceSet before, ResourceSet after)
    {
        var profile = agents[id].Profile;
        if (!profile.Total.Contains(before))
        {
            return AllocatorFault.AmountsDiffer;
        }

        var total = profile.Total - before + after;
        if (IsAnythingTwice(total))
        {
            return AllocatorFault.PartsOverlap;
        }

        agents[id].Profile = profile with { Total = total };
        return null;
    }

    private static bool IsAnythingTwice(ResourceSet total)
    {
        var seen = new HashSet<(string, string)>();
        return total.Items.SelectMany(static item => (item.Ranges?.Numbers() ?? [])
                .Select(static number => $"{number}").Concat(item.Names?.Names ?? [])
                .Select(each => (item.Key.Name, each)))
            .Any(each => !seen.Add(each));
    }

    private void ForgetAsked(Func<AgentId, FrameworkId, bool> isVoid)
    {
        foreach (var key in asked.Keys.Where(key => isVoid(key.Item1, key.Item2)).ToArray())
        {
            asked.Remove(key);
        }
    }
}
