using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Writes a model as a tree in the format, every value said, so that it reads back equal.</summary>
public static class JobFileTree
{
    /// <summary>The whole file.</summary>
    public static FileNode.Map Of(JobFile file) => Map(
        ("agents", file.Agents.IsEmpty ? null : List(file.Agents.Select(Agent))),
        ("jobs", List(file.Jobs.Select(Of))));

    /// <summary>One job.</summary>
    public static FileNode.Map Of(JobSpec job) => Map(
        ("role", Text(job.Key.Role)),
        ("environment", Text(job.Key.Environment)),
        ("name", Text(job.Key.Name)),
        ("kind", Text(job.Kind switch
        {
            JobKind.Batch => "batch",
            JobKind.Service => "service",
            JobKind.Cron => "cron",
            _ => throw new ArgumentOutOfRangeException(nameof(job), job.Kind, "not a kind of job"),
        })),
        ("instances", Whole(job.Instances)),
        ("task", Task(job.Task)),
        ("after", job.After.IsEmpty ? null : List(job.After.Select(key => Text(key.ToString())))),
        ("constraints", Pairs(job.Constraints.Select(constraint => (constraint.Attribute, constraint.Text)))),
        ("priority", Whole(job.Priority)),
        ("placement", Map(("policy", Text(job.Placement.Policy)), ("per_agent", Whole(job.Placement.PerAgent)))));

    private static FileNode.Map Agent(AgentSpec agent) => Map(
        ("name", Text(agent.Name)),
        ("resources", Map(
            ("cpus", Fraction(agent.Cpus)),
            ("mem", Fraction(agent.Mem)),
            ("disk", Fraction(agent.Disk)),
            ("ports", Text(FormattableString.Invariant($"{agent.Ports.Begin}-{agent.Ports.End}"))))),
        ("attributes", Pairs(agent.Attributes.Select(attribute => (attribute.Name, attribute.Value)))));

    private static FileNode.Map Task(TaskSpec task) => Map(
        ("command", IsCommand(task.Plan) ? Command(task.Plan.Processes[0].Arguments) : null),
        ("processes", IsCommand(task.Plan) ? null : List(task.Plan.Processes.Select(Process))),
        ("order", task.Plan.Order.IsEmpty ? null
            : List(task.Plan.Order.Select(pair => List([Text(pair.Before), Text(pair.After)])))),
        ("resources", Map(
            ("cpus", Fraction(task.Resources.Cpus)),
            ("mem", Fraction(task.Resources.Mem)),
            ("disk", Fraction(task.Resources.Disk)),
            ("ports", List(task.Resources.Ports.Select(Text))))),
        ("env", Pairs(from variable in task.Plan.Environment select (variable.Name, variable.Value))),
        ("kill_grace", Time(task.Plan.KillGrace)),
        ("max_failures", Whole(task.MaxFailures)),
        ("max_failed_processes", Whole(task.Plan.MaxFailures)),
        ("max_concurrency", Whole(task.Plan.MaxConcurrency)),
        ("finalization_wait", Time(task.Plan.FinalizationWait)));

    private static FileNode.Map Process(ProcessSpec process) => Map(
        ("name", Text(process.Name)),
        ("cmdline", Command(process.Arguments)),
        ("max_failures", Whole(process.MaxFailures)),
        ("final", Truth(process.Final)),
        ("daemon", Truth(process.Daemon)),
        ("ephemeral", Truth(process.Ephemeral)),
        ("min_duration", Time(process.MinDuration)));

    private static bool IsCommand(TaskPlan plan) =>
        plan.Processes.Length == 1 && plan.Order.IsEmpty
        && plan.Processes[0] == new ProcessSpec("command", plan.Processes[0].Arguments);

    private static FileNode Command(ImmutableArray<string> arguments) =>
        arguments.Length == 3 && arguments[0] == "/bin/sh" && arguments[1] == "-c"
            ? Text(arguments[2])
            : List(arguments.Select(Text));

    private static FileNode.Map Map(params IEnumerable<(string Key, FileNode? Value)> entries) => new(
        [.. entries.Where(entry => entry.Value is not null)
            .Select(entry => new FileEntry(entry.Key, TextPosition.Start, entry.Value!))],
        TextPosition.Start);

    private static FileNode.Map? Pairs(IEnumerable<(string Key, string Value)> pairs)
    {
        var map = Map(pairs.Select(pair => (pair.Key, (FileNode?)Text(pair.Value))));
        return map.Entries.IsEmpty ? null : map;
    }

    private static FileNode.List List(IEnumerable<FileNode> items) => new([.. items], TextPosition.Start);

    private static FileNode.Scalar Text(string text) => new(text, ScalarKind.Text, TextPosition.Start);

    private static FileNode.Scalar Time(TimeSpan time) => Text(DurationText.Format(time));

    private static FileNode.Scalar Whole(long value) =>
        new(value.ToString(CultureInfo.InvariantCulture), ScalarKind.Whole, TextPosition.Start);

    private static FileNode.Scalar Fraction(Scalar amount) => new(
        amount.ToString(), amount.Thousandths % Scalar.One == 0 ? ScalarKind.Whole : ScalarKind.Fraction,
        TextPosition.Start);

    private static FileNode.Scalar Truth(bool value) =>
        new(value ? "true" : "false", ScalarKind.Truth, TextPosition.Start);
}
