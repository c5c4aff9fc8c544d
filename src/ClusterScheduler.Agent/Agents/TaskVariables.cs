using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Templates;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Agent.Agents;

/// <summary>Makes a launch: the environment as Mesos names it, and what only an agent can fill in.</summary>
internal static class TaskVariables
{
    public static LaunchRequest RequestOf(AgentProtocol.RunTask run, AgentId agent, AgentOptions options)
    {
        var shared = run.Task.SharedDirectory.Length == 0
            ? ""
            : Path.Combine(options.SharedRoot, PathName.Of(run.Task.SharedDirectory));
        return new LaunchRequest(
            new TaskKey(run.FrameworkId, run.Task.TaskId),
            shared.Length == 0 ? run.Task.Plan : PlanTemplates.FillDirectory(run.Task.Plan, shared),
            Variables(run, agent, options, shared),
            new TaskManifest(run.Role, run.Task.Resources, run.Task.Priority).ToBytes())
        {
            SharedDirectory = shared,
            Volumes =
            [
                .. run.Task.Resources.Items.Where(static item => item.Key.IsVolume).Select(static item =>
                    new TaskVolume(
                        new VolumeName(item.Key.Reservations.Role.Value, item.Key.Disk!.Volume!.Id),
                        item.Key.Disk.Volume.ContainerPath)),
            ],
        };
    }

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
