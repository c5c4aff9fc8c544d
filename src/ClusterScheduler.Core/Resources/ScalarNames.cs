using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Gives every name of a scalar resource a number, in order of first sight; cpus, mem, disk, gpus are 0 to 3. Only
/// what is counted is registered: agents, what is used of them, and quota. Questions and wishes look names up.
/// </summary>
internal sealed class ScalarNames
{
    /// <summary>How many names have a number from the beginning.</summary>
    public const int MainCount = 4;

    private readonly Func<ResourceKey, bool> isKnown;
    private readonly Func<ResourceKey, bool> isKnownReserved;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [.. Enumerable.Range(0, MainCount).Select(ResourceNames.MainName)];

    public ScalarNames()
    {
        isKnown = key => !key.IsShared && Find(key.Name) >= 0;
        isKnownReserved = key => !key.IsUnreserved && Find(key.Name) >= 0;
    }

    public int Count => names.Count;

    public string NameOf(int number) => names[number];

    /// <summary>The number of a name that was registered before.</summary>
    public int NumberOf(string name)
    {
        var number = Find(name);
        return number >= 0 ? number : throw new KeyNotFoundException($"No amount of '{name}' was ever counted.");
    }

    /// <summary>The number of a name; -1 when nobody has anything of it. Registers nothing.</summary>
    public int Find(string name)
    {
        var main = ResourceNames.MainIndex(name);
        return main >= 0 ? main : numbers.TryGetValue(name, out var number) ? number : -1;
    }

    /// <summary>Gives the name a number if it has none.</summary>
    public int Register(string name)
    {
        var number = Find(name);
        if (number < 0)
        {
            number = names.Count;
            numbers.Add(name, number);
            names.Add(name);
        }

        return number;
    }

    /// <summary>Gives every scalar of the set a number.</summary>
    public void Register(in ResourceSet set)
    {
        foreach (var item in set.Rest ?? [])
        {
            if (item.Key.Kind == ResourceKind.Scalar)
            {
                Register(item.Key.Name);
            }
        }
    }

    /// <summary>Collects the names of the set that have no number; null stands for none yet.</summary>
    public void Unknown(in ResourceSet set, ref HashSet<string>? unknown)
    {
        foreach (var item in set.Rest ?? [])
        {
            if (item.Key.Kind == ResourceKind.Scalar && Find(item.Key.Name) < 0)
            {
                (unknown ??= new HashSet<string>(StringComparer.Ordinal)).Add(item.Key.Name);
            }
        }
    }

    /// <summary>As <see cref="All"/>, passing over names without a number.</summary>
    public Quantities Known(in ResourceSet set) => Sum(set, isKnown);

    /// <summary>What is reserved, shared volumes too, passing over names without a number.</summary>
    public Quantities KnownReserved(in ResourceSet set) =>
        set.IsPlain ? Quantities.Zero : Sum(set, isKnownReserved) - new Quantities(set.Main);

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
