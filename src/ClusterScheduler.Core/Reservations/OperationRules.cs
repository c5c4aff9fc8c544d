using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Reservations;

/// <summary>What operations make of resources (mesos-semantics.md, section 2, and Mesos' reservation rules).</summary>
public static class OperationRules
{
    /// <summary>Works out what an operation changes. Whether the resources are there is not looked at.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="role">The role of the offer; none for an operator, who may reserve for any role.</param>
    /// <param name="conversion">What becomes what; none when the result is a refusal.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static OperationRefusal? Convert(
        ResourceOperation operation, RoleName? role, out ResourceConversion? conversion)
    {
        ArgumentNullException.ThrowIfNull(operation);
        conversion = null;
        var named = operation.Resources;
        if (named.IsEmpty)
        {
            return new OperationRefusal(OperationFault.Empty, named);
        }

        var others = new List<ResourceItem>();
        foreach (var item in named.Items)
        {
            if (Other(operation.Kind, item, role, out var other) is { } fault)
            {
                return new OperationRefusal(fault, ResourceSet.Of(item));
            }

            others.Add(other);
        }

        var rest = ResourceSet.Of(others);
        conversion = operation.Kind is OperationKind.Reserve or OperationKind.Create
            ? new ResourceConversion(rest, named)
            : new ResourceConversion(named, rest);
        return null;
    }

    /// <summary>What operations made: dynamically reserved resources and volumes.</summary>
    public static ResourceSet MadeOf(ResourceSet resources) => resources.Where(static item => item.Key.IsVolume
        || item.Key.Reservations.Layers.Any(static layer => layer.Kind == ReservationKind.Dynamic));

    /// <summary>The same resources as the agent's configuration has them: no dynamic layers, no volumes.</summary>
    public static ResourceSet BaseOf(ResourceSet resources) => resources.IsPlain
        ? resources
        : ResourceSet.Of(resources.Items.Select(static item => item with { Key = BaseOf(item.Key) }));

    /// <summary>The volumes in a set.</summary>
    public static IEnumerable<VolumeName> VolumesOf(ResourceSet set) => set.Items
        .Where(static item => item.Key.IsVolume)
        .Select(static item => new VolumeName(item.Key.Reservations.Role.Value, item.Key.Disk!.Volume!.Id));

    /// <summary>Whether an id of a volume in a set is used in another set, in the same role.</summary>
    public static bool SharesVolume(ResourceSet one, ResourceSet other) =>
        VolumesOf(one).Intersect(VolumesOf(other)).Any();

    private static OperationFault? Other(
        OperationKind kind, in ResourceItem item, RoleName? role, out ResourceItem other)
    {
        other = item;
        if (item.Key.IsRevocable)
        {
            return OperationFault.Revocable;
        }

        return kind is OperationKind.Reserve or OperationKind.Unreserve
            ? Unreserved(item, kind == OperationKind.Reserve ? role : null, out other)
            : Unmade(item, out other);
    }

    private static OperationFault? Unreserved(in ResourceItem item, RoleName? role, out ResourceItem other)
    {
        other = item;
        if (item.Key.IsVolume)
        {
            return OperationFault.VolumeOnIt;
        }

        if (!item.Key.Reservations.TryPop(out var below, out _))
        {
            return OperationFault.NotDynamic;
        }

        if (role is { } own && !item.Key.Reservations.Role.IsWithin(own))
        {
            return OperationFault.OtherRole;
        }

        other = item with { Key = item.Key.WithReservations(below) };
        return null;
    }

    private static OperationFault? Unmade(in ResourceItem item, out ResourceItem other)
    {
        other = item;
        if (item.Key is not { Disk.Volume: { } volume, IsUnreserved: false })
        {
            return OperationFault.NotAVolume;
        }

        if (!IsFileName(volume.Id) || !IsRelative(volume.ContainerPath))
        {
            return OperationFault.VolumeName;
        }

        other = item with { Key = WithoutVolume(item.Key) };
        return null;
    }

    private static ResourceKey BaseOf(ResourceKey key)
    {
        var stack = key.Reservations;
        while (stack.TryPop(out var below, out _))
        {
            stack = below;
        }

        return WithoutVolume(key.WithReservations(stack));
    }

    private static ResourceKey WithoutVolume(ResourceKey key) => key.IsVolume
        ? new ResourceKey(key.Name, key.Kind, key.Reservations, key.Disk! with { Volume = null })
        : key;

    private static bool IsFileName(string id) => id is not ("" or "." or "..") && id.Length <= 255
        && !id.Any(static letter => letter is '/' or '\\' || char.IsControl(letter));

    private static bool IsRelative(string path) => path.Length is > 0 and <= 1024 && path[0] != '/'
        && path.Split('/').All(static part => part is not ("" or "." or "..")) && !path.Any(char.IsControl);
}
