using System.Security.Cryptography;
using System.Text;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// The status updates that an agent makes of what happens to a task. Each has a uuid that follows from the task and
/// the state alone: an agent that starts again makes the same updates of the same records, and whoever stored one
/// before knows it again.
/// </summary>
public static class TaskReports
{
    /// <summary>Its processes run.</summary>
    public static StatusUpdate Running(FrameworkId framework, TaskId task, AgentId agent, DateTimeOffset at) =>
        new(task, TaskState.Running, StatusSource.Executor, StatusReason.None, "", at)
        {
            AgentId = agent,
            Uuid = UuidOf(framework, task, TaskState.Running),
        };

    /// <summary>It is over.</summary>
    /// <param name="framework">Whose task.</param>
    /// <param name="task">Which.</param>
    /// <param name="agent">Where.</param>
    /// <param name="outcome">How.</param>
    /// <param name="message">The same in words.</param>
    /// <param name="evidence">What there is to understand it by.</param>
    /// <param name="at">When.</param>
    public static StatusUpdate Ended(
        FrameworkId framework,
        TaskId task,
        AgentId agent,
        TaskOutcome outcome,
        string message,
        TaskEvidence evidence,
        DateTimeOffset at)
    {
        var (state, source, reason) = outcome switch
        {
            TaskOutcome.Finished => (TaskState.Finished, StatusSource.Executor, StatusReason.None),
            TaskOutcome.Failed { Status: ExitStatus.NotStarted } =>
                (TaskState.Failed, StatusSource.Agent, StatusReason.ContainerLaunchFailed),
            TaskOutcome.Failed => (TaskState.Failed, StatusSource.Executor, StatusReason.None),
            TaskOutcome.Killed => (TaskState.Killed, StatusSource.Executor, StatusReason.None),
            TaskOutcome.Preempted => (TaskState.Gone, StatusSource.Agent, StatusReason.ContainerPreempted),
            TaskOutcome.Lost { Cause: UnknownCause.MachineRebooted } =>
                (TaskState.Gone, StatusSource.Agent, StatusReason.AgentRestarted),
            TaskOutcome.Lost => (TaskState.Gone, StatusSource.Agent, StatusReason.ExecutorTerminated),
            TaskOutcome.Dropped => (TaskState.Dropped, StatusSource.Agent, StatusReason.AgentRestarted),
            _ => throw new InvalidOperationException($"no state for {outcome}"),
        };
        return new StatusUpdate(task, state, source, reason, message, at)
        {
            AgentId = agent,
            Uuid = UuidOf(framework, task, state),
            Evidence = evidence,
        };
    }

    private static Guid UuidOf(FrameworkId framework, TaskId task, TaskState state)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{framework}\n{task}\n{state.WireName()}"));
        return new Guid(digest.AsSpan(0, 16));
    }
}
