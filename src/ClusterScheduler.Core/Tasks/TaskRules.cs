using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tasks;

/// <summary>What a task's description must fulfil (mesos-semantics.md, section 2, the checks of LAUNCH).</summary>
public static class TaskRules
{
    /// <summary>The highest priority; the lowest is its negative.</summary>
    public const int PriorityMax = 1_000;

    /// <summary>
    /// The first rule that is broken: a sentence with the value and what would be right; else none.
    /// </summary>
    public static string? Check(TaskInfo task)
    {
        if (CheckId(task.TaskId) is { } wrongId)
        {
            return wrongId;
        }

        if (task.Resources.IsEmpty)
        {
            return "the task asks for no resources; a task needs at least some cpus or mem";
        }

        if (MixedName(task.Resources) is { } mixed)
        {
            return $"the task asks for revocable and not revocable {mixed}; of one name it can have one kind only";
        }

        if (task.Priority is < -PriorityMax or > PriorityMax)
        {
            return FormattableString.Invariant(
                $"priority is {task.Priority}; it must be {-PriorityMax} to {PriorityMax}");
        }

        if (task.Resources.Items.FirstOrDefault(static item => item.Copies > 1) is { Copies: > 1 } twice)
        {
            return $"the task asks {twice.Copies} times for the shared volume {twice.Key}; once is enough";
        }

        if (task.Plan.Processes.IsDefaultOrEmpty)
        {
            return "the task has nothing to run; give it a command or processes";
        }

        if (task.Plan.KillGrace < TimeSpan.Zero)
        {
            return $"kill grace is {task.Plan.KillGrace}; it must not be negative";
        }

        foreach (var process in task.Plan.Processes)
        {
            if (process.Arguments.IsDefaultOrEmpty || process.Arguments[0].Length == 0)
            {
                return $"process '{process.Name}' has an empty command";
            }
        }

        foreach (var port in task.Ports)
        {
            if (!task.Resources.Ports.Contains(port.Port))
            {
                return $"port '{port.Name}' is {port.Port}, which is not among the task's resources";
            }
        }

        return null;
    }

    /// <summary>A resource of which a part is revocable and a part is not; else none.</summary>
    private static string? MixedName(in ResourceSet resources) => resources.IsPlain
        ? null
        : resources.Items.GroupBy(static item => item.Key.Name)
            .FirstOrDefault(static of => of.DistinctBy(static item => item.Key.IsRevocable).Count() > 1)?.Key;

    /// <summary>The rule that the id breaks; else none.</summary>
    public static string? CheckId(TaskId id) => IdRules.Check("task id", id.Value);
}
