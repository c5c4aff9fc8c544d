using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What must hold after every step, whatever the twin says.</summary>
internal static class AllocatorInvariants
{
    /// <summary>I1 and I2: per agent and resource, free and held add up to the total, and to what offers and
    /// tasks say.</summary>
    public static string? Broken(
        Allocator allocator,
        IEnumerable<(string Where, ResourceSet Resources)> offered,
        IEnumerable<(string Where, ResourceSet Resources)> used)
    {
        var sums = ResourceSet.Empty;
        var seenOffered = new SortedDictionary<string, ResourceSet>(StringComparer.Ordinal);
        var seenUsed = new SortedDictionary<string, ResourceSet>(StringComparer.Ordinal);
        foreach (var agent in allocator.ViewAgents())
        {
            var held = ResourceSet.Empty;
            foreach (var holding in agent.Holdings)
            {
                var where = $"{agent.Profile.Id} {holding.Framework} {holding.Role}";
                held += holding.Offered + holding.Used;
                Note(seenOffered, where, holding.Offered);
                Note(seenUsed, where, holding.Used);
            }

            held = held.Where(item => !item.Key.IsShared);
            var total = agent.Profile.Total.Where(item => !item.Key.IsShared);
            if (agent.Free != total.SubtractWhatIsThere(held))
            {
                return $"I1: {agent.Profile.Id} has {total}, holds {held}, says {agent.Free} is free";
            }

            sums += total;
        }

        return Compare("I2 offered", seenOffered, offered) ?? Compare("I2 used", seenUsed, used)
            ?? (ScalarsOf(sums) == allocator.ViewCluster().Total.ToString() ? null : "cluster total differs");
    }

    /// <summary>What I6 compares with: each role's consumption, and what headroom lacks.</summary>
    public static (Dictionary<RoleName, ResourceSet> Consumed, bool HasHeadroom) QuotaBefore(Allocator allocator) => (
        allocator.ViewRoles().ToDictionary(role => role.Role, role => role.Consumed + role.Offered),
        HasHeadroom(allocator));

    /// <summary>I6: a round takes no role beyond its limit, and leaves the headroom that was there.</summary>
    public static string? QuotaBroken(
        Allocator allocator, (Dictionary<RoleName, ResourceSet> Consumed, bool HasHeadroom) before) =>
        LimitBroken(allocator, before.Consumed) ?? (before.HasHeadroom && !HasHeadroom(allocator)
            ? $"I6: headroom is gone: {allocator.ViewCluster()}"
            : null);

    /// <summary>I6: no role is beyond its limit by more than it was.</summary>
    public static string? LimitBroken(Allocator allocator, Dictionary<RoleName, ResourceSet> before)
    {
        foreach (var role in allocator.ViewRoles())
        {
            foreach (var (name, limit) in role.Limit)
            {
                var consumed = (role.Consumed + role.Offered).Get(name);
                if (consumed > limit && consumed > before.GetValueOrDefault(role.Role).Get(name))
                {
                    return $"I6: {role.Role} consumes {consumed} {name}, its limit is {limit}";
                }
            }
        }

        return null;
    }

    /// <summary>I9: where no round has anything to do nobody is left who could be offered something.</summary>
    public static string? Overlooked(Allocator allocator, DateTimeOffset now)
    {
        foreach (var id in allocator.HasWork ? [] : HistoryChoices.Frameworks)
        {
            foreach (var why in allocator.WhyFramework(id, now))
            {
                if (why.RuledOut.ContainsKey(OfferRule.None))
                {
                    var near = why.Nearest.FirstOrDefault(n => n.Rule == OfferRule.None);
                    return $"I9: {id} in {why.Role} could be offered {near}";
                }
            }
        }

        return null;
    }

    private static bool HasHeadroom(Allocator allocator)
    {
        var cluster = allocator.ViewCluster();
        return cluster.Available.Contains(cluster.RequiredHeadroom);
    }

    private static string ScalarsOf(ResourceSet set) => ResourceSet.Of(set.Items
        .Where(item => item.Key.Kind == ResourceKind.Scalar).Select(item => item.Key.Name).Distinct()
        .Select(name => new ResourceItem(new ResourceKey(name, ResourceKind.Scalar), set.Get(name)))).ToString();

    private static void Note(SortedDictionary<string, ResourceSet> seen, string where, ResourceSet resources)
    {
        if (!resources.IsEmpty)
        {
            seen[where] = resources;
        }
    }

    private static string? Compare(
        string name,
        SortedDictionary<string, ResourceSet> seen,
        IEnumerable<(string Where, ResourceSet Resources)> told)
    {
        var sorted = told.OrderBy(t => t.Where, StringComparer.Ordinal).ToArray();
        if (sorted.SequenceEqual(seen.Select(s => (s.Key, s.Value))))
        {
            return null;
        }

        var actual = string.Join('\n', seen.Select(s => $"{s.Key} {s.Value}"));
        var expected = string.Join('\n', sorted.Select(t => $"{t.Where} {t.Resources}"));
        return $"{name}: offers and tasks say\n{expected}\nthe allocator says\n{actual}";
    }
}
