using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Templates;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Gateway.Views;

/// <summary>A task as its framework's entity knows it.</summary>
/// <param name="State">As Mesos names it: TASK_RUNNING; TASK_UNKNOWN while its framework asks for it.</param>
/// <param name="Since">When it came into this state; none when nothing was heard of it yet.</param>
/// <param name="Priority">Where tasks have to be ended for others, lower ones go first.</param>
public sealed record TaskView(
    string Framework,
    string Id,
    string Name,
    string? Agent,
    string State,
    string Reason,
    string Message,
    DateTimeOffset? Since,
    int? ExitCode,
    int? Signal,
    ResourcesView Resources,
    int Priority)
{
    public static TaskView Of(FrameworkId framework, FrameworkProtocol.TaskSummary task) => new(
        framework.Value,
        task.TaskId.Value,
        task.Name,
        task.AgentId?.Value,
        ShownStatus.StateOf(task).WireName(),
        (task.Latest?.Reason ?? StatusReason.None).ToString(),
        ShownStatus.MessageOf(task),
        task.Latest?.At,
        task.Latest?.Evidence?.ExitCode,
        task.Latest?.Evidence?.Signal,
        ResourcesView.Of(task.Resources),
        task.Priority);
}

/// <summary>Tasks in the order of their frameworks' ids and their own.</summary>
/// <param name="Truncated">There are more than were asked for.</param>
public sealed record TaskListView(ImmutableArray<TaskView> Tasks, bool Truncated);

/// <summary>All that is known of one task.</summary>
/// <param name="Processes">As they were launched. Where the directory of its job is, only the agent knows: it stands as
/// the variable that the task has for it.</param>
/// <param name="Updates">From the first to the newest.</param>
/// <param name="Priority">Where tasks have to be ended for others, lower ones go first.</param>
public sealed record TaskDetailView(
    string Framework,
    string Id,
    string Name,
    string? Agent,
    string State,
    bool KillRequested,
    ResourcesView Resources,
    ImmutableArray<ProcessView> Processes,
    ImmutableArray<AttributeView> Labels,
    ImmutableArray<UpdateView> Updates,
    int Priority)
{
    private const string JobDirectory = "$CSCHED_JOB_DIR";

    public static TaskDetailView Of(TaskProtocol.TaskShown shown, TaskInfo task) => new(
        shown.FrameworkId.Value,
        shown.TaskId.Value,
        task.Name,
        shown.AgentId?.Value,
        (shown.Updates.IsEmpty ? TaskState.Staging : shown.Updates[^1].State).WireName(),
        shown.KillRequested,
        ResourcesView.Of(shown.Resources),
        [
            .. Launched(task).Processes.Select(process =>
                new ProcessView(process.Name, process.Arguments, process.Final)),
        ],
        [.. task.Labels.Select(label => new AttributeView(label.Key, label.Value))],
        [.. shown.Updates.Select(UpdateView.Of)],
        task.Priority);

    private static TaskPlan Launched(TaskInfo task) => task.SharedDirectory.Length > 0
        ? PlanTemplates.FillDirectory(task.Plan, JobDirectory)
        : task.Plan;
}

/// <summary>One process of a task.</summary>
public sealed record ProcessView(string Name, ImmutableArray<string> Arguments, bool Final);

/// <summary>One status of a task.</summary>
public sealed record UpdateView(
    string State, string Reason, string Source, string Message, DateTimeOffset At, EvidenceView? Evidence)
{
    public static UpdateView Of(StatusUpdate update) => new(
        update.State.WireName(),
        update.Reason.ToString(),
        update.Source.ToString(),
        update.Message,
        update.At,
        update.Evidence is { } evidence ? EvidenceView.Of(evidence) : null);
}

/// <summary>What is known of a task's end.</summary>
public sealed record EvidenceView(
    int? ExitCode, int? Signal, string Process, string LastLog, double CpuSeconds, long PeakMemoryMiB)
{
    public static EvidenceView Of(TaskEvidence evidence) => new(
        evidence.ExitCode,
        evidence.Signal,
        evidence.Process,
        evidence.LastLog,
        evidence.CpuSeconds,
        evidence.PeakMemoryMiB);
}

/// <summary>A kill was taken and is being driven.</summary>
public sealed record KillView(string Framework, string Id);
