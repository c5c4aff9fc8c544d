using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Entry of the hidden verb <c>csched keeper</c>: the small process, one for each agent, that outlives the agent,
/// starts its tasks and sees how they end (docs/adr/0005-keeper.md).
/// </summary>
public static class KeeperProgram
{
    /// <summary>The hidden verb. Main must come here before it loads anything else.</summary>
    public const string Verb = "keeper";

    private const int Sighup = 1, Sigint = 2, Ignore = 1;

    private const int LockExclusive = 2, LockNonBlocking = 4, SetDescriptorFlags = 2, CloseOnExecFlag = 1;

    /// <returns>0: nothing more to keep; 2: not started by an agent; 3: another keeper has the directory.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (KeeperOptions.Parse(arguments) is not { } options)
        {
            KeeperLog.Write("this verb is for agents only: they start their keeper themselves");
            return 2;
        }

        if (!Lock(options.Directory))
        {
            KeeperLog.Write($"another keeper is at work in {options.Directory}");
            return 3;
        }

        // It ends when there is nothing to keep; a signal to a whole group must not orphan the tasks.
        _ = Libc.Signal(Libc.Sigterm, Ignore);
        _ = Libc.Signal(Sigint, Ignore);
        _ = Libc.Signal(Sighup, Ignore);
        _ = Libc.Control(options.Listener, SetDescriptorFlags, CloseOnExecFlag);
        _ = Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0);
        _ = Libc.Umask(0b000_010_010);
        KeeperLog.Write($"keeper {Libc.GetPid()} started");
        using var loop = new KeeperLoop(options);
        loop.Run();
        KeeperLog.Write($"keeper {Libc.GetPid()} ended: nothing left to keep");
        return 0;
    }

    /// <summary>Kept until the process ends.</summary>
    private static bool Lock(string directory)
    {
        var descriptor = Libc.Open(
            $"{directory}/lock", Libc.WriteOnly | Libc.Create | Libc.CloseOnExec, 0b110_000_000);
        return descriptor >= 0 && Libc.Lock(descriptor, LockExclusive | LockNonBlocking) == 0;
    }
}
