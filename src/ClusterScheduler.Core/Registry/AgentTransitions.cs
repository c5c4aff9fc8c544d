using System.Collections.Immutable;
using static ClusterScheduler.Core.Registry.AgentChange;
using static ClusterScheduler.Core.Registry.RegisteredStanding;

namespace ClusterScheduler.Core.Registry;

/// <summary>
/// Which standing of an agent may follow which (mesos-semantics.md, section 11). What is not in the table changes
/// nothing and is refused or already so.
/// </summary>
public static class AgentTransitions
{
    /// <summary>The table: from each standing, what a change leads to.</summary>
    public static ImmutableSortedDictionary<RegisteredStanding,
        ImmutableSortedDictionary<AgentChange, RegisteredStanding>> Table { get; } =
        new Dictionary<RegisteredStanding, ImmutableSortedDictionary<AgentChange, RegisteredStanding>>
        {
            [Unknown] = Row((Register, Admitted)),
            [Admitted] = Row((Register, Admitted), (LoseContact, Unreachable), (DeclareGone, Gone)),
            [Unreachable] = Row((Register, Admitted), (DeclareGone, Gone)),
            [Gone] = Row((Forget, Unknown)),
        }.ToImmutableSortedDictionary();

    /// <summary>The standing after the change; none when it cannot be.</summary>
    public static RegisteredStanding? After(RegisteredStanding from, AgentChange change) =>
        Table[from].TryGetValue(change, out var to) ? to : null;

    private static ImmutableSortedDictionary<AgentChange, RegisteredStanding> Row(
        params ReadOnlySpan<(AgentChange Change, RegisteredStanding To)> row)
    {
        var built = ImmutableSortedDictionary.CreateBuilder<AgentChange, RegisteredStanding>();
        foreach (var (change, to) in row)
        {
            built.Add(change, to);
        }

        return built.ToImmutable();
    }
}

/// <summary>What can happen to the standing of an agent.</summary>
public enum AgentChange
{
    /// <summary>It registers, for the first time or again.</summary>
    Register,

    /// <summary>It missed its pings, or did not come back after a failover in time.</summary>
    LoseContact,

    /// <summary>An operator says that it will not come back, or it was away for longer than is remembered.</summary>
    DeclareGone,

    /// <summary>Its entry is dropped.</summary>
    Forget,
}
