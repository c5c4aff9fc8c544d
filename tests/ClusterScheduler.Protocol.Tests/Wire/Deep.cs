using System.Collections;
using System.Reflection;
using Akka.Actor;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>Compares two values property by property, lists item by item, and says where they differ.</summary>
internal static class Deep
{
    public static string? Difference(object? left, object? right, string path = "")
    {
        if (left is null || right is null || left.GetType() != right.GetType())
        {
            return ReferenceEquals(left, right) ? null : $"{path}: {left ?? "null"} is not {right ?? "null"}";
        }

        if (left is string or IActorRef or ResourceSet or Ratio || left.GetType().IsPrimitive || left.GetType().IsEnum
            || left.GetType().Namespace == nameof(System))
        {
            return left.Equals(right) ? null : $"{path}: {left} is not {right}";
        }

        if (left is IList leftItems)
        {
            return Items(leftItems, (IList)right, path);
        }

        return left.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => Difference(
                property.GetValue(left), property.GetValue(right), $"{path}.{property.Name}"))
            .FirstOrDefault(static difference => difference is not null);
    }

    private static string? Items(IList left, IList right, string path) => left.Count != right.Count
        ? $"{path}: {left.Count} items are not {right.Count}"
        : Enumerable.Range(0, left.Count)
            .Select(index => Difference(left[index], right[index], $"{path}[{index}]"))
            .FirstOrDefault(static difference => difference is not null);
}
