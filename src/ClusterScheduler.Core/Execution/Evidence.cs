namespace ClusterScheduler.Core.Execution;

/// <summary>Says in words what an end means, the same everywhere.</summary>
public static class Evidence
{
    private static readonly string[] SignalNames =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1",
        "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP",
        "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR",
        "SIGSYS",
    ];

    /// <summary>One sentence without a full stop: <c>killed by SIGTERM (signal 15)</c>.</summary>
    public static string Describe(ExitStatus status) => status switch
    {
        ExitStatus.Exited { Code: 127 } => "exited with code 127 (a shell says so when it does not find a command)",
        ExitStatus.Exited { Code: 126 } => "exited with code 126 (a shell says so when it may not execute a command)",
        ExitStatus.Exited exited => FormattableString.Invariant($"exited with code {exited.Code}"),
        ExitStatus.Signaled { CoreDumped: true } signaled => FormattableString.Invariant(
            $"killed by {SignalName(signaled.Signal)} (signal {signaled.Signal}), core dumped"),
        ExitStatus.Signaled signaled => FormattableString.Invariant(
            $"killed by {SignalName(signaled.Signal)} (signal {signaled.Signal})"),
        ExitStatus.NotStarted { Error: var error } => Describe(error),
        ExitStatus.Unknown unknown => $"ended with unknown status: {Describe(unknown.Cause)}",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not an exit status"),
    };

    /// <summary>One sentence on how the task ended; names the process where there is more than one.</summary>
    /// <param name="result">The end.</param>
    /// <param name="processes">How many processes the plan has.</param>
    public static string Describe(TaskResult result, int processes)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outcome switch
        {
            TaskOutcome.Finished => "finished",
            TaskOutcome.Failed failed when processes > 1 => FormattableString.Invariant(
                $"process '{failed.Decisive}', run {failed.Run}, {Describe(failed.Status)}"),
            TaskOutcome.Failed failed => Describe(failed.Status),
            TaskOutcome.Killed => "killed as asked",
            TaskOutcome.Preempted preempted => DescribePreemption(preempted.For),
            TaskOutcome.Lost lost => $"ended with unknown status: {Describe(lost.Cause)}",
            TaskOutcome.Dropped => "never started: the agent went away before its turn",
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not an outcome"),
        };
    }

    /// <summary>Why a task was ended for others.</summary>
    /// <param name="role">The role that took back what it is guaranteed; empty for pressure on its agent.</param>
    public static string DescribePreemption(string role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role.Length > 0
            ? $"preempted: role '{role}' took back what it is guaranteed"
            : "evicted: its agent was under pressure, and it used revocable resources";
    }

    /// <summary>The signal's name, or SIG and its number where it has none.</summary>
    public static string SignalName(int signal) => signal > 0 && signal < SignalNames.Length
        ? SignalNames[signal]
        : FormattableString.Invariant($"SIG{signal}");

    private static string Describe(UnknownCause cause) => cause switch
    {
        UnknownCause.KeeperLost => "the agent's keeper was killed; what was left of the task was killed too",
        UnknownCause.MachineRebooted => "the machine was started anew",
        UnknownCause.RecordDamaged => "the record of its run is damaged; what was left of the task was killed",
        UnknownCause.NotReaped => "the kernel had no status for it",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "not a cause"),
    };

    private static string Describe(SpawnError error)
    {
        var what = error.Kind switch
        {
            SpawnErrorKind.CommandNotFound => "command not found",
            SpawnErrorKind.NotExecutable => "not executable",
            SpawnErrorKind.SandboxUnusable => "sandbox directory unusable",
            SpawnErrorKind.LogUnwritable => "stdout or stderr cannot be written",
            SpawnErrorKind.RecordUnwritable => "the record of the start cannot be written",
            SpawnErrorKind.DiskFull => "no space left on device",
            SpawnErrorKind.TooManyProcesses => "too many processes",
            SpawnErrorKind.TooManyOpenFiles => "too many open files",
            SpawnErrorKind.OutOfMemory => "out of memory",
            SpawnErrorKind.ArgumentsTooLong => "arguments and environment too long",
            SpawnErrorKind.Other => "the kernel refused",
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, "not a spawn error"),
        };
        return error.Errno == 0
            ? $"did not start: {what}: {error.Detail}"
            : FormattableString.Invariant($"did not start: {what}: {error.Detail} (errno {error.Errno})");
    }
}
