using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Room for operations from the definitions: what a role would consume more it consumes already.</summary>
internal sealed partial class NaiveAllocator
{
    private static readonly RoleName[] Everybody = HistoryChoices.Roles;

    private readonly Dictionary<(RoleName, string), long> rooms = [];

    /// <summary>The role that would be beyond its limit; null when none is.</summary>
    public RoleName? HoldRoom(ResourceSet before, ResourceSet after, RoleName? holder)
    {
        var names = after.Items.Select(item => item.Key.Name).Distinct().ToArray();
        long More(RoleName role, string name) =>
            Math.Max(0, CountedFor(role, name, after, holder) - CountedFor(role, name, before, holder));
        foreach (var role in Everybody.Order())
        {
            if (quotas.TryGetValue(role, out var quota) && names.Any(name => More(role, name) > 0
                && quota.LimitOf(name) is { } limit
                && Consumed(role, name) + More(role, name) > limit.Thousandths))
            {
                return role;
            }
        }

        foreach (var (role, name) in Everybody.SelectMany(role => names.Select(name => (role, name))))
        {
            rooms[(role, name)] = More(role, name);
        }

        return null;
    }

    public void ReleaseRoom() => rooms.Clear();

    private static long CountedFor(RoleName role, string name, ResourceSet resources, RoleName? holder) =>
        resources.Items.Where(item => item.Key.Name == name && item.Key.Kind == ResourceKind.Scalar
            && !item.Key.IsRevocable
            && (item.Key.IsUnreserved ? holder?.IsWithin(role) == true : item.Key.Reservations.Role.IsWithin(role)))
        .Sum(item => item.Amount.Thousandths);
}
