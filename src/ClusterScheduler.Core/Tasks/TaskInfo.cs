using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tasks;

/// <summary>One task as its framework describes it (Mesos: TaskInfo).</summary>
/// <param name="TaskId">Unique within the framework, for ever; not empty, at most 255 characters, no slash and no
/// control character.</param>
/// <param name="Name">For people; need not be unique.</param>
/// <param name="Resources">What it uses while it lives; contained in the offers that it is launched on.</param>
/// <param name="Plan">What it runs.</param>
public sealed record TaskInfo(TaskId TaskId, string Name, ResourceSet Resources, TaskPlan Plan)
{
    /// <summary>Names for ports among its resources; each becomes an environment variable and a template.</summary>
    public ImmutableArray<NamedPort> Ports { get; init; } = [];

    /// <summary>
    /// A directory shared by the tasks that name the same, on one machine; empty for none. Letters, digits, '-', '_'
    /// and '.', at most 255.
    /// </summary>
    public string SharedDirectory { get; init; } = "";

    /// <summary>Free facts for people and tools, such as the job's key.</summary>
    public ImmutableArray<TaskLabel> Labels { get; init; } = [];

    /// <summary>
    /// Where tasks have to be ended for others, those of lower priority go first: when a role takes back what it is
    /// guaranteed, and when an agent is pressed. Not a share: it decides nothing about who is offered what. -1,000 to
    /// 1,000 (<see cref="TaskRules.PriorityMax"/>).
    /// </summary>
    public int Priority { get; init; }
}

/// <summary>A port that a task calls by name.</summary>
/// <param name="Name">Letters, digits, '-' and '_'.</param>
/// <param name="Port">1 to 65535, among the task's resources.</param>
public readonly record struct NamedPort(string Name, int Port);

/// <summary>One free fact about a task.</summary>
public readonly record struct TaskLabel(string Key, string Value);
