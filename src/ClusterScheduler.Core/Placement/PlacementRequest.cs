using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement;

/// <summary>One round's question: which waiting tasks go where.</summary>
/// <param name="Groups">Waiting tasks by job, the ones that go first first.</param>
/// <param name="Agents">What is offered; each agent once.</param>
/// <param name="PerAgent">At most so many of these tasks on one agent, those already there included; 0: any
/// number.</param>
public sealed record PlacementRequest(
    ImmutableArray<PlacementGroup> Groups,
    ImmutableArray<PlacementAgent> Agents,
    int PerAgent);

/// <summary>Equal tasks of one job that wait.</summary>
/// <param name="Job">Decides ties, with the number of the instance.</param>
/// <param name="Instances">The waiting instances, ascending.</param>
/// <param name="Need">What each needs.</param>
/// <param name="Constraints">The job's constraints.</param>
/// <param name="Running">How many tasks of the job already are where its limit constraints count them.</param>
public sealed record PlacementGroup(
    JobKey Job,
    ImmutableArray<int> Instances,
    Amounts Need,
    ImmutableArray<JobConstraint> Constraints,
    ImmutableArray<LimitCount> Running);

/// <summary>Tasks of one job on agents that share the value of an attribute.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Value">Its value.</param>
/// <param name="Count">How many.</param>
public readonly record struct LimitCount(string Attribute, string Value, int Count);

/// <summary>An agent as placement sees it.</summary>
/// <param name="Id">The agent.</param>
/// <param name="Name">Its host name: the attribute <c>host</c>; decides ties, then the id does.</param>
/// <param name="Free">What can be used now.</param>
/// <param name="Total">The most that it is known to have; at least <paramref name="Free"/>.</param>
/// <param name="Attributes">Its other attributes.</param>
/// <param name="Taken">How many tasks of the request's jobs it already runs, for the limit of the request.</param>
public sealed record PlacementAgent(
    AgentId Id,
    string Name,
    Amounts Free,
    Amounts Total,
    ImmutableArray<AttributeValue> Attributes,
    int Taken = 0)
{
    /// <summary>Maintenance begins then, or has begun, and nothing may be started before it is over; null: it
    /// stays.</summary>
    public DateTimeOffset? LeavesAt { get; init; }

    /// <summary>The attribute that every agent has.</summary>
    public const string HostAttribute = "host";

    /// <summary>The value of an attribute; null when the agent does not have it.</summary>
    public string? Attribute(string name)
    {
        if (name == HostAttribute)
        {
            return Name;
        }

        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    /// <summary>By name, then id.</summary>
    public static int Compare(PlacementAgent left, PlacementAgent right)
    {
        var byName = string.CompareOrdinal(left.Name, right.Name);
        return byName != 0 ? byName : left.Id.CompareTo(right.Id);
    }
}

/// <summary>One round's answer.</summary>
/// <param name="Assignments">In order of group and instance; what is not here stays waiting.</param>
/// <param name="Cost">The sum that the policy made small, over what was placed; 0 for policies without one.</param>
/// <param name="Method">How good the answer is.</param>
public sealed record PlacementResult(ImmutableArray<Assignment> Assignments, Ratio Cost, PlacementMethod Method);

/// <summary>One task goes to one agent.</summary>
/// <param name="Group">Index in the request.</param>
/// <param name="Instance">Of the group's instances.</param>
/// <param name="Agent">Index in the request.</param>
public readonly record struct Assignment(int Group, int Instance, int Agent);

/// <summary>How an answer was found.</summary>
public enum PlacementMethod
{
    /// <summary>Task by task, by the policy's rule.</summary>
    Greedy,

    /// <summary>Minimum-cost assignment: no other answer is better.</summary>
    ExactAssignment,

    /// <summary>Branch and bound to the end: no other answer is better.</summary>
    ExactSearch,

    /// <summary>Greedy insertion with improvements; another answer may be better.</summary>
    Heuristic,
}
