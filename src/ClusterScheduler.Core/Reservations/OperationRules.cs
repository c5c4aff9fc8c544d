using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Reservations;

/// <summary>What operations make of resources (mesos-semantics.md, section 2, and Mesos' reservation rules).</summary>
public static partial class OperationRules
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

        if (named.Items.Any(static item => item.Copies != 1) || NamesVolumeTwice(named))
        {
            return new OperationRefusal(OperationFault.NamedTwice, named);
        }

        if (operation.Kind is OperationKind.GrowVolume or OperationKind.ShrinkVolume)
        {
            return Resize(operation, out conversion);
        }

        var refusal = operation.Source.IsEmpty || operation.Kind != OperationKind.Reserve
            ? Convert(operation.Kind, named, role, out conversion)
            : ReserveAnew(operation.Source, named, role, out conversion);
        refusal ??= CheckParts(conversion!.After);
        conversion = refusal is null ? conversion : null;
        return refusal;
    }

    /// <summary>Whether what an operation makes can be beside the rest of what the agent has.</summary>
    /// <param name="made">What it makes.</param>
    /// <param name="rest">All else.</param>
    public static OperationRefusal? CheckBeside(ResourceSet made, ResourceSet rest) => SharesVolume(made, rest)
        ? new OperationRefusal(OperationFault.VolumeExists, made)
        : CheckParts(rest + made);

    /// <summary>The refusal of a change that would take a role beyond its limit; none without a breach.</summary>
    /// <param name="conversion">What would become what.</param>
    /// <param name="breach">Whose limit.</param>
    public static OperationRefusal? CheckLimit(ResourceConversion conversion, LimitBreach? breach)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        return breach is null
            ? null
            : new OperationRefusal(OperationFault.LimitExceeded, conversion.After) { Limit = breach };
    }

    /// <summary>What operations made: dynamically reserved resources and volumes, each volume once.</summary>
    public static ResourceSet MadeOf(ResourceSet resources)
    {
        var made = resources.Where(static item => item.Key.IsVolume
            || item.Key.Reservations.Layers.Any(static layer => layer.Kind == ReservationKind.Dynamic));
        return made.Unshared + made.Shared;
    }

    /// <summary>The same resources as the agent's configuration has them: no dynamic layers, no volumes.</summary>
    public static ResourceSet BaseOf(ResourceSet resources) => resources.IsPlain
        ? resources
        : ResourceSet.Of(resources.Items.Select(static item => item.WithKey(BaseOf(item.Key))));

    private static OperationRefusal? CheckParts(ResourceSet resources) => PartOverlap.In(resources) is { } overlap
        ? new OperationRefusal(
            OperationFault.PartsOverlap, ResourceSet.Of(overlap.Common), ResourceSet.Of(overlap.One, overlap.Other))
        : null;

    private static OperationRefusal? Convert(
        OperationKind kind, ResourceSet named, RoleName? role, out ResourceConversion? conversion)
    {
        conversion = null;
        var others = new List<ResourceItem>();
        foreach (var item in named.Items)
        {
            if (Other(kind, item, role, out var other) is { } fault)
            {
                return new OperationRefusal(fault, ResourceSet.Of(item));
            }

            others.Add(other);
        }

        var rest = ResourceSet.Of(others);
        conversion = kind is OperationKind.Reserve or OperationKind.Create
            ? new ResourceConversion(rest, named)
            : new ResourceConversion(named, rest);
        return null;
    }

    // RESERVE with a source: layers are taken off and others put on, in one step.
    private static OperationRefusal? ReserveAnew(
        ResourceSet source, ResourceSet named, RoleName? role, out ResourceConversion? conversion)
    {
        conversion = null;
        foreach (var item in source.Items)
        {
            if (item.Key.IsRevocable || item.Key.IsVolume)
            {
                return new OperationRefusal(
                    item.Key.IsVolume ? OperationFault.VolumeOnIt : OperationFault.Revocable, ResourceSet.Of(item));
            }
        }

        foreach (var item in named.Items)
        {
            if (Other(OperationKind.Reserve, item, role, out _) is { } fault)
            {
                return new OperationRefusal(fault, ResourceSet.Of(item));
            }
        }

        if (BaseOf(source) != BaseOf(named))
        {
            return new OperationRefusal(OperationFault.SourceDiffers, named, source);
        }

        conversion = new ResourceConversion(source, named);
        return null;
    }

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

        if (role is { } own && item.Key.Reservations.Role != own)
        {
            return OperationFault.OtherRole;
        }

        other = item.WithKey(item.Key.WithReservations(below));
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
}
