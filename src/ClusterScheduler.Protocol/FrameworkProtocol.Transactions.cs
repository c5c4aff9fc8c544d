namespace ClusterScheduler.Protocol;

/// <content>Transactions beside offers.</content>
public static partial class FrameworkProtocol
{
    // ---- from the scheduler

    /// <summary>
    /// Where is something free? Answered with <see cref="SchedulerProtocol.AgentsShown"/>; may be lost with its
    /// answer, and is asked again then.
    /// </summary>
    public sealed record ViewAgents(FrameworkId FrameworkId, Guid Connection, AgentQuery Query) : ISchedulerCall;

    /// <summary>
    /// Run these tasks where they are placed: all of them or none. Each task is answered by its updates; the whole
    /// also once with <see cref="SchedulerProtocol.TransactionAnswered"/>.
    /// </summary>
    /// <param name="TransactionId">Fresh; names the answer.</param>
    /// <param name="Role">One of the framework's roles.</param>
    public sealed record CommitTasks(
        FrameworkId FrameworkId,
        Guid Connection,
        Guid TransactionId,
        string Role,
        ImmutableArray<AgentPlacement> Placements) : ISchedulerCall;

    // ---- from the master

    /// <summary>Answers <see cref="MasterProtocol.ViewAgents"/>.</summary>
    public sealed record AgentsShown(FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection, AgentPage Page)
        : IFrameworkMessage;

    /// <summary>Answers <see cref="MasterProtocol.Commit"/>: all tasks may run, or none.</summary>
    /// <param name="Sites">Where they go, in the order asked for; none when it was refused.</param>
    /// <param name="Refusal">Why it was refused; none when it was granted.</param>
    public sealed record CommitAnswered(
        FrameworkId FrameworkId,
        long AcceptId,
        MasterEpoch Epoch,
        ImmutableArray<CommitSite> Sites,
        TransactionRefusal? Refusal) : IFrameworkMessage;

    /// <summary>Where tasks of a transaction go, as of the moment in which the resources were given.</summary>
    /// <param name="Agent">Its actor; none when the agent has left since.</param>
    /// <param name="TaskIds">Which tasks; their resources are held.</param>
    public sealed record CommitSite(
        AgentId AgentId, AgentSession Session, string Role, ImmutableArray<TaskId> TaskIds, IActorRef? Agent);
}
