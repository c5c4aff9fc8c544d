using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Jobs.Matching;

/// <summary>One task for one agent.</summary>
/// <param name="Incarnation">The job.</param>
/// <param name="Instance">The instance.</param>
/// <param name="Agent">Index among the agents that were offered.</param>
public readonly record struct JobMatch(long Incarnation, int Instance, int Agent);

/// <summary>One question to a placement policy with its answer, for those who want to know why.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Submission">The file of the jobs.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Result">What was answered.</param>
public sealed record PlacementRecord(
    string Policy, long Submission, PlacementRequest Request, PlacementResult Result);

/// <summary>What a round found.</summary>
/// <param name="Matches">What goes where.</param>
/// <param name="Placements">The rounds of policies that look at all agents at once.</param>
public sealed record MatchResult(ImmutableArray<JobMatch> Matches, ImmutableArray<PlacementRecord> Placements);

/// <summary>Gives waiting tasks to offered agents: shape by shape, each by its policy, on what the ones before left.
/// The cost follows the number of shapes, agents and launches, not the number of waiting tasks.</summary>
public static class JobMatcher
{
    /// <summary>Tasks of policies that look at all at once in one round; the rest follows in the next.</summary>
    public const int TasksTogetherMax = 400;

    /// <summary>Matches what can be matched. The same book, shapes and agents give the same answer.</summary>
    public static MatchResult Match(
        JobBook book, WaitingJobs waiting, ImmutableArray<PlacementAgent> agents, DateTimeOffset now)
    {
        var free = agents.Select(agent => agent.Free).ToArray();
        var matches = ImmutableArray.CreateBuilder<JobMatch>();
        var placements = ImmutableArray.CreateBuilder<PlacementRecord>();
        foreach (var (shape, incarnations) in waiting.InOrder())
        {
            var jobs = incarnations.Select(number => book.Jobs[number]).ToList();
            var request = Ask(book, shape, jobs, agents, free, now);
            if (request.Groups.IsEmpty)
            {
                continue;
            }

            var result = PlacementPolicies.Get(shape.Placement.Policy).Place(request);
            foreach (var one in result.Assignments)
            {
                matches.Add(new JobMatch(jobs[one.Group].Incarnation, one.Instance, one.Agent));
                free[one.Agent] -= request.Groups[one.Group].Need;
            }

            if (PlacementPolicies.LooksAtAll(shape.Placement.Policy))
            {
                placements.Add(new PlacementRecord(shape.Placement.Policy, shape.Scope, request, result));
            }
        }

        return new MatchResult(matches.ToImmutable(), placements.ToImmutable());
    }

    /// <summary>The tasks of one job as a group of its own, for explaining why they wait.</summary>
    public static PlacementGroup GroupOf(JobState job, ImmutableArray<int> instances) => new(
        job.Spec.Key, instances, Amounts.Of(job.Spec.Task.Resources), job.Spec.Constraints, CountLimits(job));

    /// <summary>How many tasks of a file's jobs with the same placement are on each agent already.</summary>
    public static ImmutableSortedDictionary<AgentId, int> CountTaken(
        JobBook book, long submission, PlacementChoice placement) =>
        book.Jobs.Values
            .Where(job => job.Submission == submission && job.Active > 0 && job.Spec.Placement == placement)
            .SelectMany(job => job.Touched.Values)
            .Where(instance => instance.Phase.IsActive() && instance.Agent is not null)
            .GroupBy(instance => instance.Agent!.Value)
            .ToImmutableSortedDictionary(on => on.Key, on => on.Count());

    private static PlacementRequest Ask(
        JobBook book, in ShapeKey shape, List<JobState> jobs, ImmutableArray<PlacementAgent> agents, Amounts[] free,
        DateTimeOffset now)
    {
        var together = shape.Need == default;
        var room = together ? TasksTogetherMax : Room(shape.Need, free);
        var groups = ImmutableArray.CreateBuilder<PlacementGroup>();
        foreach (var job in jobs)
        {
            if (room <= 0)
            {
                break;
            }

            var due = job.Due(now, (int)Math.Min(room, JobLimits.InstancesMax));
            room -= due.Length;
            groups.Add(GroupOf(job, due));
        }

        var taken = shape.Placement.PerAgent > 0
            ? CountTaken(book, shape.Scope, shape.Placement)
            : ImmutableSortedDictionary<AgentId, int>.Empty;
        return new PlacementRequest(
            groups.ToImmutable(),
            [.. agents.Select((agent, index) => agent with
            {
                Free = free[index],
                Taken = taken.GetValueOrDefault(agent.Id),
            })],
            shape.Placement.PerAgent);
    }

    /// <summary>How many such tasks fit at most, constraints aside: more need not be looked at.</summary>
    private static long Room(in Amounts need, Amounts[] free)
    {
        var room = 0L;
        foreach (var amounts in free)
        {
            room += amounts.Times(need, JobLimits.TasksPerFileMax);
        }

        return room;
    }

    private static ImmutableArray<LimitCount> CountLimits(JobState job) =>
        job.Active == 0 || !job.Spec.Constraints.Any(constraint => constraint is JobConstraint.Limit)
            ? []
            : [.. job.Touched.Values
                .Where(instance => instance.Phase.IsActive())
                .SelectMany(instance => instance.LimitValues)
                .GroupBy(value => value)
                .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Value, StringComparer.Ordinal)
                .Select(group => new LimitCount(group.Key.Name, group.Key.Value, group.Count()))];
}
