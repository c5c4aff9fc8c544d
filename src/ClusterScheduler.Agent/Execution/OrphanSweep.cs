using System.Collections.Immutable;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Kills what is left of a task whose keeper was killed: nothing may run that nobody knows.</summary>
internal static class OrphanSweep
{
    private const int RoundsMax = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>SIGKILL to all of its processes until none is left.</summary>
    /// <param name="sandbox">Its MESOS_SANDBOX, which is in the environment of each of its processes.</param>
    /// <param name="sessions">The processes that led its sessions.</param>
    public static void Kill(string sandbox, ImmutableArray<ProcessIdentity> sessions)
    {
        for (var round = 0; round < RoundsMax && !ProcessTree.Sweep(found => Find(sandbox, sessions, found)); round++)
        {
            Thread.Sleep(Pause);
        }
    }

    private static void Find(string sandbox, ImmutableArray<ProcessIdentity> sessions, List<ProcessFacts> found)
    {
        foreach (var pid in ProcFs.All())
        {
            if (ProcFs.Facts(pid) is { IsDead: false } facts
                && (sessions.Any(session => IsOf(facts, session))
                    || ProcFs.HasVariable(pid, $"MESOS_SANDBOX={sandbox}")))
            {
                found.Add(facts);
            }
        }
    }

    /// <summary>
    /// The session's leader itself, or a member: as long as there is one, the leader's number goes to nobody else; a
    /// later session of that number began later than the one that is meant.
    /// </summary>
    private static bool IsOf(ProcessFacts facts, ProcessIdentity session) =>
        facts.Identity == session
        || (facts.Session == session.Pid && facts.Pid != session.Pid
            && (ProcFs.Identity(session.Pid) is not { } leader || leader == session));
}
