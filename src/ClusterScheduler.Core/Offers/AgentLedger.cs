using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>What the master knows of one connected agent: its session, its offers, its tasks. Single owner.</summary>
public sealed class AgentLedger(AgentId id, AgentInfo info, AgentSession session)
{
    private readonly SortedDictionary<(FrameworkId, TaskId), TaskAllocation> tasks = [];
    private readonly SortedSet<OfferId> offers = [];
    private readonly HashSet<(FrameworkId, TaskId)> endedBeforeReport = [];
    private bool holdsFewer;

    /// <summary>Whose it is.</summary>
    public AgentId Id { get; } = id;

    /// <summary>As it registered last.</summary>
    public AgentInfo Info { get; private set; } = info;

    /// <summary>All that it has, with what operations made of it.</summary>
    public ResourceSet Total { get; private set; } = info.Resources;

    /// <summary>What it lends out beyond its total, in this session; it takes it back at any time.</summary>
    public ResourceSet Revocable { get; private set; }

    /// <summary>Which of the session's updates of it was the last; 0 before the first.</summary>
    public long RevocableVersion { get; private set; }

    /// <summary>Its newest session.</summary>
    public AgentSession Session { get; private set; } = session;

    /// <summary>It reported what it holds in this session; before that nothing of it is offered.</summary>
    public bool Reported { get; private set; }

    /// <summary>Its tasks, ordered by framework and task.</summary>
    public IReadOnlyCollection<TaskAllocation> Tasks => tasks.Values;

    /// <summary>Its open offers.</summary>
    public IReadOnlyCollection<OfferId> Offers => offers;

    /// <summary>What its tasks use.</summary>
    public ResourceSet Used => tasks.Values.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Resources);

    /// <summary>
    /// What it has and lends beside so much of it; shared volumes, which many may use, are there all the same. Tasks
    /// may use more than is there by now; that leaves nothing of the one, and does not touch the other.
    /// </summary>
    public ResourceSet Beside(ResourceSet held) =>
        (Total.Unshared + Revocable).SubtractWhatIsThere(held) + Total.Shared;

    /// <summary>The agent says how many tasks it holds.</summary>
    /// <returns>True when it holds fewer than are counted here, and did so the last time: a launch on its way to it,
    /// or an end on its way to here, is passing; a release that was lost stays.</returns>
    public bool Misses(int held)
    {
        var before = holdsFewer;
        holdsFewer = Reported && held < tasks.Count;
        return before && holdsFewer;
    }

    internal void SetTotal(ResourceSet total) => Total = total;

    /// <summary>The agent lends out so much from now on.</summary>
    /// <returns>False, and nothing changed, when a later version is known.</returns>
    public bool TryLend(ResourceSet revocable, long version)
    {
        if (version <= RevocableVersion)
        {
            return false;
        }

        (Revocable, RevocableVersion) = (revocable, version);
        return true;
    }

    internal void Reopen(AgentInfo info, AgentSession session)
    {
        endedBeforeReport.Clear();
        Info = info;
        Total = info.Resources;
        Session = session;
        Reported = false;
        holdsFewer = false;
        (Revocable, RevocableVersion) = (ResourceSet.Empty, 0);
    }

    internal void Disconnect()
    {
        Reported = false;
        holdsFewer = false;
    }

    internal void Report()
    {
        Reported = true;
        endedBeforeReport.Clear();
    }

    /// <summary>
    /// The task's end came by another way than the report, which may have been made before it and come after.
    /// </summary>
    internal void NoteEnd(FrameworkId framework, TaskId task)
    {
        if (!Reported)
        {
            endedBeforeReport.Add((framework, task));
        }
    }

    internal bool HasEnded(FrameworkId framework, TaskId task) => endedBeforeReport.Contains((framework, task));

    internal void Add(OfferId offer) => offers.Add(offer);

    internal void Remove(OfferId offer) => offers.Remove(offer);

    internal void Put(TaskAllocation task) => tasks[(task.FrameworkId, task.TaskId)] = task;

    /// <summary>The resources that a task uses here; none when it has none.</summary>
    public TaskAllocation? Find(FrameworkId framework, TaskId task) => tasks.GetValueOrDefault((framework, task));

    internal TaskAllocation? Take(FrameworkId framework, TaskId task) =>
        tasks.Remove((framework, task), out var taken) ? taken : null;
}
