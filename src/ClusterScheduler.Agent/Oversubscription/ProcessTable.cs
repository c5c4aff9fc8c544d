using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Oversubscription;

/// <summary>
/// Looks at all processes of the machine: one small read for each, and one more for the sandbox of those that are new.
/// </summary>
internal sealed class ProcessTable
{
    private Dictionary<ProcessIdentity, Known> _known = [];

    public List<ProcessSample> Look()
    {
        var samples = new List<ProcessSample>();
        var known = new Dictionary<ProcessIdentity, Known>();
        foreach (var pid in ProcFs.All())
        {
            if (ProcFs.Load(pid) is not { } load)
            {
                continue;
            }

            var identity = load.Facts.Identity;
            var sandbox = Recall(identity);
            known[identity] = sandbox;
            samples.Add(new ProcessSample(
                identity, load.Facts.Parent, load.Facts.Session, load.OwnTicks, load.ReapedTicks, load.ResidentKiB,
                sandbox.Sandbox));
        }

        _known = known;
        return samples;
    }

    /// <summary>
    /// A process gets its environment when it executes its program, shortly after it begins: that it has no sandbox is
    /// believed when it was seen so twice.
    /// </summary>
    private Known Recall(ProcessIdentity identity)
    {
        var isKnown = _known.TryGetValue(identity, out var known);
        return isKnown && known.IsSure
            ? known
            : ProcFs.Variable(identity.Pid, TaskTrees.SandboxVariable) is { } sandbox
                ? new Known(sandbox, IsSure: true)
                : new Known(null, IsSure: isKnown);
    }

    private readonly record struct Known(string? Sandbox, bool IsSure);
}
