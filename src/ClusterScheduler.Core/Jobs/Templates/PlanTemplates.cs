using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Templates;

/// <summary>
/// Fills the places of a whole plan, in two steps: the scheduler fills what it knows when it launches, the agent the
/// shared directory, whose path only it knows. Until then four braces stay four.
/// </summary>
public static class PlanTemplates
{
    /// <summary>The scheduler's step: instance, host name and ports.</summary>
    public static TaskPlan FillLaunch(
        TaskPlan plan, int instance, string hostname, ImmutableArray<NamedPort> ports)
    {
        var values = ports
            .Select(port => (Name: Template.PortPrefix + port.Name, Value: FormattableString.Invariant($"{port.Port}")))
            .Prepend((Name: Template.Hostname, Value: hostname))
            .Prepend((Name: Template.Instance, Value: FormattableString.Invariant($"{instance}")))
            .ToArray();
        return Map(plan, text => values.Aggregate(text, (filled, value) =>
            Template.ReplaceOnly(filled, value.Name, value.Value)));
    }

    /// <summary>The agent's step, for a task that names a shared directory.</summary>
    /// <param name="plan">As it came.</param>
    /// <param name="directory">The directory's absolute path.</param>
    public static TaskPlan FillDirectory(TaskPlan plan, string directory) =>
        Map(plan, text => Template.ReplaceLast(text, Template.JobDirectory, directory));

    private static TaskPlan Map(TaskPlan plan, Func<string, string> fill) => plan with
    {
        Processes = [.. plan.Processes.Select(process => process with
        {
            Arguments = [.. process.Arguments.Select(fill)],
        })],
        Environment = [.. from variable in plan.Environment select variable with { Value = fill(variable.Value) }],
    };
}
