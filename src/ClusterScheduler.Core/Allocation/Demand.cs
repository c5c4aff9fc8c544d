using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What somebody asks about, measured against what there is.</summary>
internal sealed class Demand
{
    private readonly (int Number, long Amount)[] wanted;
    private readonly ResourceItem[] others;
    private readonly int unknown;

    public Demand(in ResourceSet resources, ScalarNames names)
    {
        HashSet<string>? strange = null;
        names.Unknown(resources, ref strange);
        Resources = resources;
        var amounts = names.Known(resources);
        wanted = [.. Enumerable.Range(0, names.Count).Select(at => (at, amounts[at])).Where(one => one.Item2 > 0)];
        others = [.. resources.Items.Where(item => item.Key.Kind != ResourceKind.Scalar)];
        unknown = strange?.Count ?? 0;
    }

    public ResourceSet Resources { get; }

    /// <summary>Its scalars, as far as names are known.</summary>
    public IReadOnlyList<(int Number, long Amount)> Wanted => wanted;

    /// <summary>Its ranges and sets.</summary>
    public IReadOnlyList<ResourceItem> Others => others;

    public static bool IsThere(in ResourceItem item, in ResourceSet there) => item.Key.Kind == ResourceKind.Ranges
        ? there.GetRanges(item.Key.Name).Contains(item.Ranges!)
        : there.GetNames(item.Key.Name).Contains(item.Names!);

    /// <summary>Whether all of it is there. Nobody has anything of a name that is not known.</summary>
    /// <param name="there">What there is.</param>
    /// <param name="amounts">All scalars of it.</param>
    public bool IsHeldBy(in ResourceSet there, in Quantities amounts)
    {
        foreach (var (number, amount) in wanted)
        {
            if (amounts[number] < amount)
            {
                return false;
            }
        }

        foreach (ref readonly var item in others.AsSpan())
        {
            if (!IsThere(item, there))
            {
                return false;
            }
        }

        return unknown == 0;
    }

    /// <summary>
    /// How far the agents of a block are from it: the sum over names of the missing part, each between 0 and 1, so that
    /// cpus and mem weigh alike; 0 where it is all there. Ranges and sets count in <see cref="AgentBlock.Lacks"/>.
    /// </summary>
    /// <param name="there">What there is.</param>
    /// <param name="distances">As many as there are agents, rounded up to whole steps.</param>
    public void Measure(AmountColumns there, Span<double> distances)
    {
        distances.Fill(unknown);
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(distances);
        foreach (var (number, amount) in wanted)
        {
            var enough = Vector256.Create((double)amount);
            var had = MemoryMarshal.Cast<double, Vector256<double>>(there.Of(number))[..sums.Length];
            for (var at = 0; at < sums.Length; at++)
            {
                sums[at] += Vector256.MaxNative(enough - had[at], Vector256<double>.Zero) / enough;
            }
        }
    }

    /// <summary>Marks the agents of a block where less than it asks for is there, as far as names are known.</summary>
    /// <param name="there">What there is.</param>
    /// <param name="less">A bit an agent.</param>
    /// <param name="before">What is not here either is not missed; without it all that is asked for is.</param>
    public void Compare(AmountColumns there, ulong[] less, AmountColumns? before = null)
    {
        Array.Clear(less);
        foreach (var (number, amount) in wanted)
        {
            var asked = Vector256.Create((double)amount);
            if (before is null)
            {
                AgentBits.SetWhereLess(there.Of(number), asked, less);
            }
            else
            {
                AgentBits.SetWhereLess(there.Of(number), asked, before.Of(number), less);
            }
        }
    }

    /// <summary>Whether it asks for some of the name; one that asks for nothing would take anything.</summary>
    public bool Asks(string name) => Resources.IsEmpty || Resources.Items.Any(item => item.Key.Name == name);

    /// <summary>What it lacks. A demand is met by any mixture of reserved and unreserved resources of a name.</summary>
    public ResourceSet Missing(ResourceSet there) => Resources.IsPlain
        ? ResourceSet.Of(
            Missing(Resources.Cpus, there.Cpus),
            Missing(Resources.Mem, there.Mem),
            Missing(Resources.Disk, there.Disk),
            Missing(Resources.Gpus, there.Gpus))
        : ResourceSet.Of(Resources.Items.Select(item => item.Key.Kind switch
        {
            ResourceKind.Scalar => item with { Amount = Missing(item.Amount, there.Get(item.Key.Name)) },
            ResourceKind.Ranges => item with { Ranges = item.Ranges!.Subtract(there.GetRanges(item.Key.Name)) },
            _ => item with { Names = item.Names!.Subtract(there.GetNames(item.Key.Name)) },
        }));

    private static Scalar Missing(Scalar asked, Scalar there) => there >= asked ? Scalar.Zero : asked - there;
}
