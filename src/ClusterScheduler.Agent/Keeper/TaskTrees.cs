using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Knows which processes belong to which task. Each run leads a session; whatever outlives its parent becomes a child
/// of the keeper (PR_SET_CHILD_SUBREAPER) and is known by its session or, where it made a session of its own, by the
/// MESOS_SANDBOX that it was started with. One that shed both is a stray: it may belong to any task that ran when it
/// was first seen, and is killed when the last of these has ended.
/// </summary>
internal sealed class TaskTrees(IReadOnlyDictionary<int, KeptTask> leaders)
{
    /// <summary>Every process of a task is started with it; no two tasks have the same.</summary>
    public const string SandboxVariable = "MESOS_SANDBOX";

    private readonly int _self = Libc.GetPid();
    private readonly Dictionary<string, KeptTask> _bySandbox = new(StringComparer.Ordinal);
    private readonly Dictionary<int, KeptTask> _bySession = [];
    private readonly Dictionary<ProcessIdentity, HashSet<string>> _strays = [];

    /// <summary>A task that has not ended.</summary>
    public void Add(KeptTask task) => _bySandbox[task.Order.Sandbox] = task;

    /// <summary>A session of the task; its number belonged to nobody else when it began.</summary>
    public void AddSession(KeptTask task, int leader)
    {
        _bySession[leader] = task;
        task.Sessions.Add(leader);
    }

    /// <summary>Adds the living processes of a task's trees.</summary>
    public void Collect(KeptTask task, List<ProcessFacts> into)
    {
        foreach (var process in task.State.Processes)
        {
            if (process.Identity is { } identity)
            {
                ProcessTree.Collect(identity.Pid, into);
            }
        }

        foreach (var orphan in Orphans())
        {
            if (OwnerOf(orphan) == task)
            {
                ProcessTree.Collect(orphan.Pid, into);
            }
        }
    }

    /// <summary>True if no descendant of any of the task's runs is alive.</summary>
    public bool IsGone(KeptTask task) =>
        !task.State.Processes.Any(process => process.IsAlive)
        && Orphans().TrueForAll(orphan => OwnerOf(orphan) != task);

    /// <summary>A task ended: strays that can belong to no other are killed.</summary>
    public void Remove(KeptTask task)
    {
        _bySandbox.Remove(task.Order.Sandbox);
        foreach (var session in task.Sessions)
        {
            if (_bySession.GetValueOrDefault(session) == task)
            {
                _bySession.Remove(session);
            }
        }

        foreach (var (stray, candidates) in _strays.ToList())
        {
            candidates.Remove(task.Order.Sandbox);
            if (candidates.Count == 0)
            {
                ProcessTree.Sweep(found => ProcessTree.Collect(stray.Pid, found));
                _strays.Remove(stray);
            }
        }
    }

    /// <summary>The living children of the keeper that it did not start itself.</summary>
    private List<ProcessFacts> Orphans()
    {
        var orphans = new List<ProcessFacts>();

        // Orphans go to the first living thread of the subreaper, which is the one that runs Main, and the loop.
        foreach (var child in ProcFs.Children(_self, _self))
        {
            if (!leaders.ContainsKey(child) && ProcFs.Facts(child) is { IsDead: false } facts)
            {
                orphans.Add(facts);
            }
        }

        return orphans;
    }

    private KeptTask? OwnerOf(ProcessFacts orphan)
    {
        if (_bySession.TryGetValue(orphan.Session, out var owner)
            || (ProcFs.Variable(orphan.Pid, SandboxVariable) is { } sandbox
                && _bySandbox.TryGetValue(sandbox, out owner)))
        {
            return owner;
        }

        _strays.TryAdd(orphan.Identity, [.. _bySandbox.Keys]);
        return null;
    }
}
