using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Gives every name of a scalar resource a number, in order of first sight; cpus, mem, disk, gpus are 0 to 3.
/// </summary>
internal sealed class ScalarNames
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [.. Enumerable.Range(0, 4).Select(ResourceNames.MainName)];

    public int Count => names.Count;

    public string NameOf(int number) => names[number];

    public int NumberOf(string name)
    {
        var main = ResourceNames.MainIndex(name);
        if (main >= 0)
        {
            return main;
        }

        if (!numbers.TryGetValue(name, out var number))
        {
            number = names.Count;
            numbers.Add(name, number);
            names.Add(name);
        }

        return number;
    }

    /// <summary>How many numbers the set would add.</summary>
    public int CountNew(in ResourceSet set)
    {
        var count = 0;
        foreach (var item in set.Rest ?? [])
        {
            var isNew = item.Key.Kind == ResourceKind.Scalar && ResourceNames.MainIndex(item.Key.Name) < 0
                && !numbers.ContainsKey(item.Key.Name);
            count += isNew ? 1 : 0;
        }

        return count;
    }

    /// <summary>All scalars, but shared volumes: nobody holds those alone, so nobody is charged for them.</summary>
    public Quantities All(in ResourceSet set) => Sum(set, static key => !key.IsShared);

    /// <summary>What counts against quota beside reservations: unreserved and not revocable.</summary>
    public Quantities Unreserved(in ResourceSet set) =>
        Sum(set, static key => key is { IsUnreserved: true, IsRevocable: false });

    /// <summary>Scalars of one item.</summary>
    public Quantities Of(in ResourceItem item) => item.Key.Kind == ResourceKind.Scalar
        ? Quantities.Zero.With(NumberOf(item.Key.Name), item.Amount.Thousandths)
        : Quantities.Zero;

    /// <summary>Plain unreserved scalars with these amounts; zero amounts are left out.</summary>
    public ResourceSet ToResources(in Quantities amounts)
    {
        if (amounts.More.IsEmpty)
        {
            return new ResourceSet(Vector256.Max(amounts.Main, Vector256<long>.Zero), null);
        }

        var items = new List<ResourceItem>();
        for (var number = 0; number < Count; number++)
        {
            var amount = amounts[number];
            if (amount > 0)
            {
                items.Add(new ResourceItem(new ResourceKey(names[number], ResourceKind.Scalar), new Scalar(amount)));
            }
        }

        return ResourceSet.Of(items);
    }

    private Quantities Sum(in ResourceSet set, Func<ResourceKey, bool> counts)
    {
        var sum = new Quantities(set.Main);
        foreach (var item in set.Rest ?? [])
        {
            if (item.Key.Kind == ResourceKind.Scalar && counts(item.Key))
            {
                var number = NumberOf(item.Key.Name);
                sum = sum.With(number, sum[number] + item.Amount.Thousandths);
            }
        }

        return sum;
    }
}
