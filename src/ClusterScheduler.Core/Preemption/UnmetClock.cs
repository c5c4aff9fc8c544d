using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Since when each role waits for its guarantee. Immutable; a role that reaches it, or wants nothing, starts anew.
/// </summary>
/// <param name="Since">By role; roles that do not wait are not in it.</param>
public sealed record UnmetClock(IReadOnlyDictionary<RoleName, DateTimeOffset> Since)
{
    /// <summary>Nobody waits.</summary>
    public static UnmetClock Empty { get; } = new(new SortedDictionary<RoleName, DateTimeOffset>());

    /// <summary>The clock after the accounts were looked at.</summary>
    public UnmetClock Next(IEnumerable<ReclaimRole> roles, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var since = new SortedDictionary<RoleName, DateTimeOffset>();
        foreach (var role in roles.Where(static role => !role.Unmet.IsEmpty))
        {
            since[role.Role] = Since.TryGetValue(role.Role, out var begun) ? begun : now;
        }

        return new UnmetClock(since);
    }

    /// <summary>The accounts with the time since when each waits.</summary>
    public IReadOnlyList<ReclaimRole> Stamp(IEnumerable<ReclaimRole> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return
        [
            .. roles.Select(role => Since.TryGetValue(role.Role, out var begun)
                ? role with { UnmetSince = begun }
                : role),
        ];
    }
}
