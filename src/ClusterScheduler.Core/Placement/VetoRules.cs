using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Placement;

/// <summary>
/// The rules that say whether a task fits an agent, level by level as in Aurora's SchedulingFilter: maintenance first,
/// then constraints, then limits, then resources; the first level with a veto ends the test. The same rules decide and
/// explain.
/// </summary>
public static class VetoRules
{
    /// <summary>Whether the agent is about to go away; null: it stays.</summary>
    public static Veto? OfMaintenance(PlacementAgent agent) => agent.LeavesAt is { } start
        ? new Veto(VetoKind.Maintenance, PlacementAgent.HostAttribute, IsStatic: false, Veto.MaintenanceScore,
            "no maintenance", start.ToString("u", CultureInfo.InvariantCulture))
        : null;

    /// <summary>Value constraints that do not hold; empty when all do. Their vetoes are static.</summary>
    public static ImmutableArray<Veto> OfConstraints(ImmutableArray<JobConstraint> constraints, PlacementAgent agent)
    {
        ImmutableArray<Veto> vetoes = [];
        foreach (var constraint in constraints)
        {
            var value = agent.Attribute(constraint.Attribute);
            var holds = constraint switch
            {
                JobConstraint.Value one => one.Admits(value),
                JobConstraint.Limit => value is not null,
                _ => throw new ArgumentOutOfRangeException(nameof(constraints), constraint, "not a kind of constraint"),
            };
            if (!holds)
            {
                vetoes = vetoes.Add(new Veto(VetoKind.ConstraintMismatch, constraint.Attribute, IsStatic: true,
                    Veto.ConstraintScore, constraint.Text, value ?? "no such attribute"));
            }
        }

        return vetoes;
    }

    /// <summary>A limit constraint that is used up; null when there is room.</summary>
    /// <param name="limit">The constraint.</param>
    /// <param name="count">Tasks of the job where the attribute has the agent's value.</param>
    public static Veto? OfLimit(JobConstraint.Limit limit, int count) => count < limit.Count
        ? null
        : new Veto(VetoKind.LimitReached, limit.Attribute, IsStatic: false, Veto.ConstraintScore, limit.Text,
            count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The placement's limit per agent; null when there is room.</summary>
    public static Veto? OfPerAgent(int limit, int count) => limit == 0 || count < limit
        ? null
        : new Veto(VetoKind.PerAgentReached, PlacementAgent.HostAttribute, IsStatic: false, Veto.ConstraintScore,
            limit.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Resources of which there is too little; empty when the task fits. Static where even all of the agent
    /// would not do.</summary>
    public static ImmutableArray<Veto> OfResources(in Amounts need, in Amounts free, in Amounts total)
    {
        if (free.Covers(need))
        {
            return [];
        }

        var vetoes = ImmutableArray.CreateBuilder<Veto>();
        Compare(vetoes, "cpus", need.Cpus, free.Cpus, total.Cpus, Decimals.FromMilli);
        Compare(vetoes, "mem", need.Mem, free.Mem, total.Mem, SizeText.Format);
        Compare(vetoes, "disk", need.Disk, free.Disk, total.Disk, SizeText.Format);
        Compare(vetoes, "ports", need.Ports, free.Ports, total.Ports, static count => $"{count}");
        return vetoes.ToImmutable();
    }

    private static void Compare(
        ImmutableArray<Veto>.Builder vetoes, string resource, long need, long free, long total,
        Func<long, string> format)
    {
        if (free < need)
        {
            var isStatic = total < need;
            var missing = need - (isStatic ? total : free);
            var score = Math.Max(1, (int)(Veto.ResourceScoreMax * (Int128)missing / need));
            vetoes.Add(new Veto(VetoKind.InsufficientResource, resource, isStatic, score, format(need),
                format(isStatic ? total : free)));
        }
    }
}
