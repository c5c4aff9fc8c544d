using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>What limits still leave, while one role after the other is given what it waits for.</summary>
internal sealed class ReclaimRooms(IEnumerable<RoleView> roles)
{
    private readonly Dictionary<RoleName, Dictionary<string, Scalar>> left = roles
        .Where(static role => role.Limit.Count > 0)
        .ToDictionary(static role => role.Role, static role => role.Limit.ToDictionary(
            static limit => limit.Key,
            limit => new Scalar(Math.Max(
                0, (limit.Value - role.Consumed.Get(limit.Key) - role.Offered.Get(limit.Key)).Thousandths)),
            StringComparer.Ordinal));

    /// <summary>Takes what the role wants out of what its limit, and those above, leave.</summary>
    /// <returns>What they leave of it.</returns>
    public ResourceSet Claim(RoleName role, ResourceSet wanted, out IReadOnlyList<BlockedNeed> blocked)
    {
        var parts = new List<BlockedNeed>();
        for (RoleName? at = role; at is { } node && !wanted.IsEmpty; at = node.Parent)
        {
            var passed = left.TryGetValue(node, out var rooms) ? Claim(rooms, wanted) : wanted;
            if (passed != wanted)
            {
                // What goes there for it makes room there and above, so nothing above is asked for this part.
                parts.Add(new BlockedNeed(node, wanted - passed));
                wanted = passed;
            }
        }

        blocked = parts;
        return wanted;
    }

    private static ResourceSet Claim(Dictionary<string, Scalar> rooms, ResourceSet wanted)
    {
        var passed = new List<ResourceItem>();
        foreach (var item in wanted.Items)
        {
            var amount = item.Amount;
            if (rooms.TryGetValue(item.Key.Name, out var room))
            {
                amount = amount < room ? amount : room;
                rooms[item.Key.Name] = room - amount;
            }

            passed.Add(item with { Amount = amount });
        }

        return ResourceSet.Of(passed.Where(static item => item.Amount > Scalar.Zero));
    }
}
