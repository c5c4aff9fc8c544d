using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>Since when each role is below its guarantee. Immutable; a role that reaches it starts anew.</summary>
/// <param name="Since">By role; roles that have what they are guaranteed are not in it.</param>
public sealed record UnmetClock(IReadOnlyDictionary<RoleName, DateTimeOffset> Since)
{
    /// <summary>Nobody waits.</summary>
    public static UnmetClock Empty { get; } = new(new SortedDictionary<RoleName, DateTimeOffset>());

    /// <summary>The clock after the accounts were looked at.</summary>
    public UnmetClock Next(IEnumerable<RoleView> roles, DateTimeOffset now)
    {
        var since = new SortedDictionary<RoleName, DateTimeOffset>();
        foreach (var role in roles.Where(role => !role.Unmet.IsEmpty))
        {
            since[role.Role] = Since.TryGetValue(role.Role, out var begun) ? begun : now;
        }

        return new UnmetClock(since);
    }
}
