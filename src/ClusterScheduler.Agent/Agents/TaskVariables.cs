using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Agent.Agents;

/// <summary>Makes the launch of a task: its environment as Mesos names it, and what only an agent can fill in.</summary>
internal static class TaskVariables
{
    /// <summary>Stands in arguments and variables for the directory that tasks share on this machine.</summary>
    public const string SharedPlace = "{{job.dir}}";

    public static LaunchRequest RequestOf(AgentProtocol.RunTask run, AgentId agent, AgentOptions options)
    {
        var shared = run.Task.SharedDirectory.Length == 0
            ? ""
            : Path.Combine(options.SharedRoot, PathName.Of(run.Task.SharedDirectory));
        return new LaunchRequest(
            new TaskKey(run.FrameworkId, run.Task.TaskId),
            shared.Length == 0 ? run.Task.Plan : Fill(run.Task.Plan, shared),
            Variables(run, agent, options, shared),
            new TaskManifest(run.Role, run.Task.Resources).ToBytes())
        {
            SharedDirectory = shared,
        };
    }

    private static TaskPlan Fill(TaskPlan plan, string shared) => plan with
    {
        Processes =
        [
            .. plan.Processes.Select(process => process with
            {
                Arguments = [.. process.Arguments.Select(argument => Fill(argument, shared))],
            }),
        ],
        Environment = [.. plan.Environment.Select(variable => variable with { Value = Fill(variable.Value, shared) })],
    };

    private static string Fill(string text, string shared) =>
        text.Replace(SharedPlace, shared, StringComparison.Ordinal);

    private static ImmutableArray<EnvironmentVariable> Variables(
        AgentProtocol.RunTask run, AgentId agent, AgentOptions options, string shared)
    {
        var variables = ImmutableArray.CreateBuilder<EnvironmentVariable>();
        variables.Add(new("MESOS_AGENT_ID", agent.Value));
        variables.Add(new("MESOS_SLAVE_ID", agent.Value));
        variables.Add(new("MESOS_ALLOCATION_ROLE", run.Role));
        variables.Add(new("HOST", options.Info.Hostname));
        if (shared.Length > 0)
        {
            variables.Add(new("CSCHED_JOB_DIR", shared));
        }

        var ports = run.Task.Resources.Ports.Ranges
            .SelectMany(range => Enumerable.Range(0, (int)Math.Min(range.Count, options.NumberedPortsMax))
                .Select(index => Text(range.Begin + index)))
            .Take(options.NumberedPortsMax).ToList();
        if (ports.Count > 0)
        {
            variables.Add(new("PORTS", string.Join(',', ports)));
            variables.Add(new("PORT", ports[0]));
            variables.AddRange(ports.Select((port, index) => new EnvironmentVariable($"PORT{Text(index)}", port)));
        }

        variables.AddRange(run.Task.Ports.Select(port =>
            new EnvironmentVariable("PORT_" + VariableName(port.Name), Text(port.Port))));
        return variables.ToImmutable();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string VariableName(string name) => string.Concat(
        name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));
}
