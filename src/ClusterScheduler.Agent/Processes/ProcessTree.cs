using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Processes;

/// <summary>Finds and signals whole trees of processes.</summary>
internal static class ProcessTree
{
    private const int PidfdOpen = 434, PidfdSendSignal = 424;

    /// <summary>A fork bomb that is being stopped gives up after far fewer rounds.</summary>
    private const int SweepRoundsMax = 20;

    /// <summary>Adds the living processes of the tree under a process, itself included.</summary>
    public static void Collect(int root, List<ProcessFacts> tree)
    {
        var next = tree.Count;
        Add(root, tree);
        for (; next < tree.Count; next++)
        {
            foreach (var child in ProcFs.Children(tree[next].Pid))
            {
                Add(child, tree);
            }
        }
    }

    /// <summary>SIGTERM to each, and SIGCONT so that a stopped one can obey.</summary>
    public static void Terminate(List<ProcessFacts> tree)
    {
        foreach (var process in tree)
        {
            Signal(process.Identity, Libc.Sigterm);
            Signal(process.Identity, Libc.Sigcont);
        }
    }

    /// <summary>
    /// SIGKILL to all that a search finds, until it finds none or the rounds are over. Everything is stopped before
    /// the first is killed: what is stopped starts nothing new while the search goes on.
    /// </summary>
    /// <param name="search">Adds the living processes that are meant.</param>
    /// <returns>True when none is left; zombies that others must reap do not count.</returns>
    public static bool Sweep(Action<List<ProcessFacts>> search)
    {
        var stopped = new HashSet<ProcessIdentity>();
        var found = new List<ProcessFacts>();
        for (var round = 0; round < SweepRoundsMax; round++)
        {
            found.Clear();
            search(found);
            if (found.Count == 0)
            {
                return true;
            }

            var isNew = false;
            foreach (var process in found)
            {
                if (stopped.Add(process.Identity))
                {
                    isNew = true;
                    Signal(process.Identity, Libc.Sigstop);
                }
            }

            if (!isNew)
            {
                break;
            }
        }

        foreach (var process in found)
        {
            Signal(process.Identity, Libc.Sigkill);
        }

        return false;
    }

    /// <summary>Signals exactly the process that is meant, or nobody.</summary>
    public static void Signal(ProcessIdentity identity, int signal)
    {
        var descriptor = (int)Libc.SystemCall(PidfdOpen, identity.Pid, 0, 0, 0);
        if (descriptor < 0)
        {
            return;
        }

        // The descriptor pins the process; only then is it sure whose start time is read.
        if (ProcFs.Identity(identity.Pid) == identity)
        {
            _ = Libc.SystemCall(PidfdSendSignal, descriptor, signal, 0, 0);
        }

        _ = Libc.Close(descriptor);
    }

    private static void Add(int pid, List<ProcessFacts> tree)
    {
        if (ProcFs.Facts(pid) is { IsDead: false } facts)
        {
            tree.Add(facts);
        }
    }
}
