namespace ClusterScheduler.Core.Execution;

/// <summary>
/// How one run of one process ended, as the kernel said it. <c>exit 143</c> and death by SIGTERM are two different
/// things here, although a shell shows both as 143.
/// </summary>
public abstract record ExitStatus
{
    private ExitStatus()
    {
    }

    /// <summary>True only for an exit with code 0.</summary>
    public bool IsSuccess => this is Exited { Code: 0 };

    /// <summary>It returned by itself.</summary>
    /// <param name="Code">0 to 255.</param>
    public sealed record Exited(int Code) : ExitStatus;

    /// <summary>A signal ended it.</summary>
    /// <param name="Signal">The signal's number on Linux, 1 to 64.</param>
    /// <param name="CoreDumped">The kernel wrote a core file.</param>
    public sealed record Signaled(int Signal, bool CoreDumped) : ExitStatus;

    /// <summary>It never became a process of its own: nothing of it ran.</summary>
    /// <param name="Error">What stood in the way.</param>
    public sealed record NotStarted(SpawnError Error) : ExitStatus;

    /// <summary>It ran, or may have run, and nobody saw how it ended.</summary>
    /// <param name="Cause">Why nobody saw it.</param>
    public sealed record Unknown(UnknownCause Cause) : ExitStatus;
}

/// <summary>Why the end of a process was seen by nobody.</summary>
public enum UnknownCause
{
    /// <summary>The keeper that would have reaped it was killed; what was left of it was killed afterwards.</summary>
    KeeperLost,

    /// <summary>The machine was started anew: nothing of the old boot is running.</summary>
    MachineRebooted,

    /// <summary>The record of its run is damaged.</summary>
    RecordDamaged,

    /// <summary>The kernel had no status for it.</summary>
    NotReaped,
}

/// <summary>What stood in the way of a start.</summary>
/// <param name="Kind">What a caller can react to.</param>
/// <param name="Errno">The kernel's number; 0 where the refusal is the agent's own.</param>
/// <param name="Detail">The path or name that it is about.</param>
public sealed record SpawnError(SpawnErrorKind Kind, int Errno, string Detail);

/// <summary>The causes of a failed start that differ in what one can do about them.</summary>
public enum SpawnErrorKind
{
    /// <summary>The program is not in the place, or in none of the places of PATH, that was named.</summary>
    CommandNotFound,

    /// <summary>The program is there and may not be executed, or is nothing that the kernel can execute.</summary>
    NotExecutable,

    /// <summary>The sandbox directory could not be made or entered.</summary>
    SandboxUnusable,

    /// <summary>stdout or stderr could not be opened in the sandbox.</summary>
    LogUnwritable,

    /// <summary>The record that must precede every start could not be written.</summary>
    RecordUnwritable,

    /// <summary>No space left on the device.</summary>
    DiskFull,

    /// <summary>A limit on the number of processes was reached.</summary>
    TooManyProcesses,

    /// <summary>A limit on the number of open files was reached.</summary>
    TooManyOpenFiles,

    /// <summary>No memory for another process.</summary>
    OutOfMemory,

    /// <summary>Arguments and environment together are larger than the kernel takes.</summary>
    ArgumentsTooLong,

    /// <summary>Anything else; the number says what.</summary>
    Other,
}
