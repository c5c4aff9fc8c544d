using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Offers;

/// <summary>What the operations of an accept make of what is offered.</summary>
/// <param name="Pool">What is offered, after them.</param>
/// <param name="Conversions">What became what, in order.</param>
/// <param name="Statuses">One an operation, in the order asked for.</param>
public sealed record AcceptOperations(
    ResourceSet Pool, ImmutableArray<ResourceConversion> Conversions, ImmutableArray<OperationStatus> Statuses)
{
    /// <summary>Carries operations out one after the other; one that is refused leaves the others be.</summary>
    /// <param name="pool">What is offered.</param>
    /// <param name="total">All that the agent has.</param>
    /// <param name="used">What of it tasks use, and what is about to be given to some.</param>
    /// <param name="role">In which role it is offered.</param>
    /// <param name="operations">In order.</param>
    /// <param name="breaches">Those that would take a role beyond its limit, by their place.</param>
    public static AcceptOperations Run(
        ResourceSet pool,
        ResourceSet total,
        ResourceSet used,
        RoleName role,
        ImmutableArray<ResourceOperation> operations,
        ImmutableDictionary<int, LimitBreach>? breaches = null)
    {
        var conversions = ImmutableArray.CreateBuilder<ResourceConversion>();
        var statuses = ImmutableArray.CreateBuilder<OperationStatus>();
        for (var at = 0; at < operations.Length; at++)
        {
            var operation = operations[at];
            var refusal = OperationRules.Convert(operation, role, out var conversion)
                ?? Check(conversion!, pool, total, used) ?? OperationRules.CheckLimit(
                    conversion!, breaches?.GetValueOrDefault(at));
            if (refusal is not null)
            {
                statuses.Add(new OperationStatus(operation.OperationId, operation.Kind, OperationState.Error,
                    OperationFaults.Explain(refusal))
                {
                    Refusal = refusal,
                });
                continue;
            }

            pool = pool - conversion!.Before + conversion.After;
            total = total - conversion.Before + conversion.After;
            conversions.Add(conversion);
            statuses.Add(new OperationStatus(operation.OperationId, operation.Kind, OperationState.Finished, ""));
        }

        return new AcceptOperations(pool, conversions.ToImmutable(), statuses.ToImmutable());
    }

    /// <summary>What each operation lets roles consume that they do not, of those that let any.</summary>
    /// <param name="pool">What is offered. An operation on more of a name than that is not looked at.</param>
    /// <param name="role">In which role it is offered.</param>
    /// <param name="operations">In order.</param>
    public static ImmutableArray<OperationGrowth> Growth(
        ResourceSet pool, RoleName role, ImmutableArray<ResourceOperation> operations)
    {
        var all = ImmutableArray.CreateBuilder<OperationGrowth>();
        for (var at = 0; at < operations.Length; at++)
        {
            if (OperationRules.Convert(operations[at], role, out var conversion) is null
                && conversion!.Before.Items.All(item => conversion.Before.Get(item.Key.Name) <= pool.Get(item.Key.Name))
                && RoleGrowth.Of(conversion, role) is { IsEmpty: false } roles)
            {
                all.Add(new OperationGrowth(at, roles));
            }
        }

        return all.ToImmutable();
    }

    /// <summary>Shared volumes that were destroyed: other offers may hold them as well.</summary>
    public ResourceSet Destroyed() => Conversions.Aggregate(ResourceSet.Empty, static (gone, each) =>
        gone + each.Before.Shared.SubtractWhatIsThere(each.After)).Shared;

    // Two offers of one agent may both hold a shared volume, which is there but once.
    private static OperationRefusal? Check(
        ResourceConversion conversion, ResourceSet pool, ResourceSet total, ResourceSet used)
    {
        if (!pool.Contains(conversion.Before) || !total.TrySubtract(conversion.Before, out var others))
        {
            return new OperationRefusal(OperationFault.NotThere, conversion.Before, pool);
        }

        return OperationRules.CheckBeside(conversion.After, others) ?? OperationRules.CheckUse(conversion, used);
    }

    /// <summary>The answers when the offers are no longer good.</summary>
    public static ImmutableArray<OperationStatus> DropAll(
        ImmutableArray<ResourceOperation> operations, string message) =>
    [
        .. operations.Select(operation => new OperationStatus(
            operation.OperationId, operation.Kind, OperationState.Dropped, message)),
    ];
}
