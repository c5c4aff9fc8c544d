using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol;

/// <summary>
/// What users and tools say to the service scheduler. A request may be repeated: a submission that was stored is
/// refused the second time, because its jobs are active; everything else changes nothing or the same.
/// </summary>
public static class ServicesProtocol
{
    /// <summary>
    /// Run the jobs of a file, all or none. Answered with <see cref="JobsAccepted"/> once they are stored, or with
    /// <see cref="RequestRefused"/>.
    /// </summary>
    /// <param name="File">Its agents are ignored.</param>
    public sealed record SubmitJobs(JobFile File) : IWireMessage;

    /// <summary>The jobs are stored and will run.</summary>
    /// <param name="Submission">Names the file in all that follows.</param>
    /// <param name="Jobs">In order of the file.</param>
    public sealed record JobsAccepted(long Submission, ImmutableArray<JobSummary> Jobs) : IWireMessage;

    /// <summary>End a job, or some of its instances: first with grace, then for sure. Answered with
    /// <see cref="KillNoted"/> once it is stored, or with <see cref="RequestRefused"/>.</summary>
    /// <param name="Instances">Empty: all that have not ended.</param>
    public sealed record KillJob(JobKey Key, ImmutableArray<int> Instances) : IWireMessage;

    /// <summary>The kill is stored and goes out.</summary>
    /// <param name="Instances">How many instances it is about.</param>
    public sealed record KillNoted(JobKey Key, int Instances) : IWireMessage;

    /// <summary>Nothing was done, and why.</summary>
    public sealed record RequestRefused(JobRefusal Reason) : IWireMessage;

    /// <summary>All jobs that are remembered. Answered with <see cref="JobList"/>.</summary>
    public sealed record ListJobs : IWireMessage;

    /// <summary>Jobs, oldest first.</summary>
    public sealed record JobList(ImmutableArray<JobSummary> Jobs) : IWireMessage;

    /// <summary>One job with its instances. Answered with <see cref="JobDetails"/> or
    /// <see cref="RequestRefused"/>.</summary>
    /// <param name="First">The first instance to show.</param>
    /// <param name="Count">How many at most.</param>
    public sealed record ShowJob(JobKey Key, int First = 0, int Count = JobLimits.InstancesMax) : IWireMessage;

    /// <summary>The latest job of a key.</summary>
    public sealed record JobDetails(
        JobSummary Summary, JobSpec Spec, ImmutableArray<InstanceSummary> Instances) : IWireMessage;

    /// <summary>Why does this job, or instance, not run? Answered with <see cref="WhyAnswer"/> or
    /// <see cref="RequestRefused"/>.</summary>
    /// <param name="Instance">None: the first that waits.</param>
    public sealed record Why(JobKey Key, int? Instance) : IWireMessage;

    /// <summary>Why does this task not run? Answered as <see cref="Why"/>; refused for a task that this scheduler did
    /// not name.</summary>
    public sealed record WhyTask(TaskId TaskId) : IWireMessage;

    /// <summary>What holds an instance back.</summary>
    public sealed record WhyAnswer(
        JobKey Key,
        InstanceSummary Instance,
        WhyKind Kind,
        string Sentence) : IWireMessage
    {
        /// <summary>Jobs that must finish first.</summary>
        public ImmutableArray<JobKey> WaitsFor { get; init; } = [];

        /// <summary>What the agents lack; none unless it waits for an agent.</summary>
        public PlacementExplanation? Placement { get; init; }

        /// <summary>What it waits for; none unless it waits for an agent.</summary>
        public WaitingDemand? Demand { get; init; }
    }

    /// <summary>What an instance needs, and who waits for it to be offered: the allocator can say why it is not.
    /// </summary>
    /// <param name="Role">In which of the framework's roles.</param>
    /// <param name="Resources">But for ports, which are chosen from an offer.</param>
    public sealed record WaitingDemand(FrameworkId FrameworkId, string Role, ResourceSet Resources);

    /// <summary>What do tasks wait for to be offered? Answered with <see cref="DemandList"/>.</summary>
    /// <param name="FrameworkId">Whose; the list is empty where they are not this scheduler's.</param>
    public sealed record ListDemands(FrameworkId FrameworkId) : IWireMessage;

    /// <summary>What tasks wait for to be offered, the one that goes first first.</summary>
    /// <param name="Demands">Each different one once; at most <see cref="PendingDemand.ListedMax"/>.</param>
    /// <param name="Count">How many there are.</param>
    public sealed record DemandList(ImmutableArray<PendingDemand> Demands, int Count) : IWireMessage;

    /// <summary>What some tasks wait for.</summary>
    /// <param name="Role">In which of the framework's roles.</param>
    /// <param name="Resources">But for ports, which are chosen from an offer.</param>
    /// <param name="Instances">How many wait for it.</param>
    /// <param name="Jobs">Whose they are, those that go first; at most <see cref="JobsListedMax"/>.</param>
    /// <param name="JobCount">How many jobs those are.</param>
    public sealed record PendingDemand(
        string Role, ResourceSet Resources, int Instances, ImmutableArray<JobKey> Jobs, int JobCount)
    {
        /// <summary>Most demands that are listed.</summary>
        public const int ListedMax = 20;

        /// <summary>Most jobs that are named for each.</summary>
        public const int JobsListedMax = 5;
    }

    /// <summary>
    /// Tell me how jobs go on. The sender gets <see cref="JobsChanged"/> at once and after each change, changes that
    /// come together in one; it is watched and forgotten when it ends. Asked again by one that has everything, the
    /// answer is empty; else it is the whole state.
    /// </summary>
    /// <param name="Submission">The file; 0: all jobs.</param>
    public sealed record WatchJobs(long Submission) : IWireMessage
    {
        /// <summary>The sequence number up to which the asker has everything; 0: it has nothing.</summary>
        public long LastSequence { get; init; }
    }

    /// <summary>Stop telling me.</summary>
    public sealed record UnwatchJobs : IWireMessage;

    /// <summary>Jobs as they are now; those that did not change since the last time are left out. Much news comes in
    /// several messages, instances before their jobs. Without any job or instance: there is none, or nothing is
    /// new.</summary>
    public sealed record JobsChanged(ImmutableArray<JobSummary> Jobs, ImmutableArray<InstanceChange> Instances)
        : IWireMessage
    {
        /// <summary>One more than that of the last message to this watcher, so that a lost one is noticed; the same
        /// when nothing is new. 0: a scheduler of an earlier release does not count.</summary>
        public long Sequence { get; init; }

        /// <summary>The whole state begins here: what was lost before does not matter.</summary>
        public bool BeginsSnapshot { get; init; }
    }

    /// <summary>How were tasks placed that a policy looked at together? Answered with
    /// <see cref="PlacementsExplained"/>.</summary>
    /// <param name="Submission">The file.</param>
    public sealed record ExplainPlacements(long Submission) : IWireMessage;

    /// <summary>The latest placements of a file, oldest first; empty when none is remembered.</summary>
    public sealed record PlacementsExplained(ImmutableArray<Core.Jobs.Matching.PlacementRecord> Records) : IWireMessage;

    /// <summary>One job in a line.</summary>
    public sealed record JobSummary(JobKey Key, long Submission, long Incarnation, JobPhase Phase, int Instances)
    {
        /// <summary>Instances that wait.</summary>
        public int Waiting { get; init; }

        /// <summary>Instances on agents.</summary>
        public int Active { get; init; }

        /// <summary>Instances that finished.</summary>
        public int Finished { get; init; }

        /// <summary>Instances that failed.</summary>
        public int Failed { get; init; }

        /// <summary>Instances that were killed.</summary>
        public int Killed { get; init; }

        /// <summary>When it was submitted.</summary>
        public DateTimeOffset SubmittedAt { get; init; }

        /// <summary>When its last instance ended.</summary>
        public DateTimeOffset? EndedAt { get; init; }

        /// <summary>Why it was never run; empty otherwise.</summary>
        public string Cause { get; init; } = "";

        /// <summary>No agent that was ever offered can hold a task of it: the nearest one and what is short; empty
        /// otherwise.</summary>
        public string NeverFits { get; init; } = "";
    }

    /// <summary>One instance.</summary>
    /// <param name="TaskId">Of the latest attempt; none before the first.</param>
    /// <param name="State">Its state with the number of the latest attempt and the ends of earlier ones.</param>
    public sealed record InstanceSummary(int Instance, TaskId? TaskId, InstanceState State);

    /// <summary>An instance that changed.</summary>
    public sealed record InstanceChange(JobKey Key, InstanceSummary Instance);

    /// <summary>What kind of thing holds an instance back.</summary>
    public enum WhyKind
    {
        /// <summary>Nothing: it runs.</summary>
        Running,

        /// <summary>It has ended.</summary>
        Ended,

        /// <summary>Other jobs must finish first.</summary>
        WaitsForJobs,

        /// <summary>It failed or was lost and waits a while before the next attempt.</summary>
        WaitsForTime,

        /// <summary>No agent takes it now.</summary>
        WaitsForAgent,

        /// <summary>No agent that is known can ever take it.</summary>
        NeverFits,

        /// <summary>The scheduler has no connection to the master.</summary>
        NotConnected,

        /// <summary>It was killed and is on its way out.</summary>
        Killing,
    }
}
