using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What one client could have at one agent, whatever rules about the agent itself say. Where quota cuts nothing the
/// parts are the same.
/// </summary>
/// <param name="free">What is free for the role and understood by the framework.</param>
internal readonly struct FreeParts(in FreePart free)
{
    /// <summary>What is free for the role and understood by the framework, whatever quota leaves of it.</summary>
    public FreePart Free { get; } = free;

    /// <summary>What limits leave of it.</summary>
    public FreePart WithinLimits { get; init; } = free;

    /// <summary>What guarantees of other roles leave of it.</summary>
    public FreePart WithinHeadroom { get; init; } = free;

    /// <summary>What both leave of it: what could be offered.</summary>
    public FreePart Offerable { get; init; } = free;

    /// <summary>The most that limits let the role have here, however much were free.</summary>
    public Quantities LimitHere { get; init; } = Quantities.NoLimit;

    /// <summary>Whether limits take some of what is free.</summary>
    public bool IsLimited { get; init; }

    /// <summary>Whether guarantees of other roles take some of it.</summary>
    public bool IsKept { get; init; }

    /// <summary>What a filter is asked about: the offer, or what it would be if quota left any.</summary>
    public ResourceSet Filterable => Offerable.Set.IsEmpty ? Free.Set : Offerable.Set;
}

/// <summary>Some resources with what is asked of them.</summary>
/// <param name="Set">Shared volumes included.</param>
/// <param name="Amounts">All scalars of it.</param>
/// <param name="IsWorth">Whether it reaches the smallest offer.</param>
internal readonly record struct FreePart(ResourceSet Set, Quantities Amounts, bool IsWorth);

/// <summary>What quota leaves a role, of resources that count.</summary>
/// <param name="HasQuota">Whether any role has a guarantee or a limit; without, nothing is cut.</param>
/// <param name="Limits">What limits on its path leave.</param>
/// <param name="Headroom">What guarantees of others leave.</param>
internal sealed record QuotaRoom(bool HasQuota, Quantities Limits, Quantities Headroom)
{
    public Quantities Both { get; } = Quantities.Min(Limits, Headroom);
}
