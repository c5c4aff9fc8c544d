namespace ClusterScheduler.Core.Preemption;

/// <summary>How far the master may go for a role that waits for what it is guaranteed.</summary>
public enum ReclaimMode
{
    /// <summary>Nothing is done; a plan is a dry run.</summary>
    Off,

    /// <summary>Frameworks are asked to give resources back, and nothing else.</summary>
    Ask,

    /// <summary>After the deadline revocable tasks are killed.</summary>
    KillRevocable,

    /// <summary>After the deadline revocable tasks are killed, then others, lowest priority first.</summary>
    Kill,
}

/// <summary>
/// What an operator allows when a role waits for what it is guaranteed (HOCON: cluster-scheduler.master.reclaim).
/// </summary>
/// <param name="Mode">How far it goes; off by default.</param>
/// <param name="WaitLeast">How long a role must be below its guarantee first.</param>
/// <param name="LeaveWithin">How long a framework has to leave when it is asked by an inverse offer.</param>
public sealed record ReclaimSettings(ReclaimMode Mode, TimeSpan WaitLeast, TimeSpan LeaveWithin)
{
    /// <summary>Off: only dry runs. A minute to wait, five to leave, a look every five seconds.</summary>
    public static ReclaimSettings Default { get; } =
        new(ReclaimMode.Off, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));

    /// <summary>Between two looks at who waits.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a task may be killed once its framework's time is over.</summary>
    /// <param name="isRevocable">Whether it runs on terms that it may be killed.</param>
    public bool MayKill(bool isRevocable) =>
        Mode == ReclaimMode.Kill || (Mode == ReclaimMode.KillRevocable && isRevocable);
}
