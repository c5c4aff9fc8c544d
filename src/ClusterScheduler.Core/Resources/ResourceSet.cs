using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// An immutable amount of resources: what an agent has, what an offer carries, what a task uses (Mesos: Resources).
/// Unreserved cpus, mem, disk and gpus lie in one vector, so that sums and comparisons of plain sets allocate
/// nothing; everything else (ports, custom, reserved, revocable, shared, volumes) is a sorted list.
/// The default value is the empty set. Never negative.
/// </summary>
public readonly struct ResourceSet : IEquatable<ResourceSet>
{
    private readonly FourAmounts four;
    private readonly ResourceItem[]? rest;

    internal ResourceSet(Vector256<long> main, ResourceItem[]? rest)
    {
        four = main;
        this.rest = rest;
    }

    /// <summary>Nothing.</summary>
    public static ResourceSet Empty => default;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => rest is null && Main == Vector256<long>.Zero;

    /// <summary>Cores, reserved and revocable ones included.</summary>
    public Scalar Cpus => Sum(0);

    /// <summary>Memory in MiB, reserved and revocable included.</summary>
    public Scalar Mem => Sum(1);

    /// <summary>
    /// Disk in MiB, reserved, revocable, volumes and other sources included; a shared volume counts once.
    /// </summary>
    public Scalar Disk => Sum(2);

    /// <summary>Graphics processors, reserved ones included.</summary>
    public Scalar Gpus => Sum(3);

    /// <summary>All ports, reserved ones included.</summary>
    public RangeSet Ports => GetRanges(ResourceNames.Ports);

    /// <summary>Whether it is nothing but unreserved cpus, mem, disk and gpus.</summary>
    public bool IsPlain => rest is null;

    /// <summary>Whether an amount, or the number of holders of a shared volume, is below zero.</summary>
    internal bool AnyNegative => Vector256.LessThanAny(Main, Vector256<long>.Zero)
        || (rest is not null && Array.Exists(rest, static item => item.Amount < Scalar.Zero || item.Copies < 0));

    internal Vector256<long> Main => four;

    internal ResourceItem[]? Rest => rest;

    /// <summary>Its items: cpus, mem, disk, gpus, then by name; within a name unreserved first.</summary>
    public IEnumerable<ResourceItem> Items
    {
        get
        {
            var at = 0;
            for (var index = 0; index < 4; index++)
            {
                var amount = Main.GetElement(index);
                if (amount != 0)
                {
                    yield return new ResourceItem(ResourceKey.OfMain(index), new Scalar(amount));
                }

                while (rest is not null && at < rest.Length && ResourceNames.MainIndex(rest[at].Key.Name) == index)
                {
                    yield return rest[at++];
                }
            }

            for (; rest is not null && at < rest.Length; at++)
            {
                yield return rest[at];
            }
        }
    }

    /// <summary>Unreserved cpus (cores), mem (MiB), disk (MiB) and gpus.</summary>
    public static ResourceSet Of(Scalar cpus, Scalar mem, Scalar disk = default, Scalar gpus = default) =>
        new(Vector256.Create(cpus.Thousandths, mem.Thousandths, disk.Thousandths, gpus.Thousandths), null);

    /// <summary>
    /// The set with these items; null when a resource would sum up to more than <see cref="Scalar.Max"/> over all its
    /// reservations.
    /// </summary>
    internal static ResourceSet? TryOf(List<ResourceItem> items)
    {
        var sums = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var sum = sums.GetValueOrDefault(item.Key.Name) + item.Amount;
            if (sum > Scalar.Max)
            {
                return null;
            }

            sums[item.Key.Name] = sum;
        }

        return Of(items);
    }

    /// <summary>The set with these items; equal keys add up.</summary>
    public static ResourceSet Of(params IEnumerable<ResourceItem> items)
    {
        var plain = Vector256<long>.Zero;
        var others = new List<ResourceItem>();
        foreach (var item in items)
        {
            if (item.Key.MainIndex is >= 0 and var index)
            {
                plain = plain.WithElement(index, checked(plain.GetElement(index) + item.Amount.Thousandths));
            }
            else
            {
                others.Add(item);
            }
        }

        return new ResourceSet(plain, ItemLists.Sorted(others));
    }

    /// <summary>
    /// Reads Mesos' text form, such as <c>cpus:8;mem(ads):4096;ports:[31000-32000];zones:{a,b}</c>.
    /// </summary>
    /// <exception cref="FormatException">The text is refused; the message says where and why.</exception>
    public static ResourceSet Parse(string text) =>
        TryParse(text, out var set, out var refusal) ? set : throw new FormatException(refusal.ToString());

    /// <summary>Reads the text form; on refusal says which item is wrong and why.</summary>
    public static bool TryParse(
        string? text, out ResourceSet set, [NotNullWhen(false)] out ResourceRefusal? refusal) =>
        ResourceText.TryParse(text, out set, out refusal);

    /// <summary>
    /// The sum of all scalars of that name, reserved and revocable included; zero when there is none.
    /// </summary>
    public Scalar Get(string name)
    {
        var index = ResourceNames.MainIndex(name);
        if (index >= 0)
        {
            return Sum(index);
        }

        var sum = Scalar.Zero;
        foreach (var item in rest ?? [])
        {
            sum += item.Key.Name == name ? item.Amount : Scalar.Zero;
        }

        return sum;
    }

    /// <summary>All numbers of that name, reserved ones included.</summary>
    public RangeSet GetRanges(string name)
    {
        var union = RangeSet.Empty;
        foreach (var item in rest ?? [])
        {
            union = item.Ranges is not null && item.Key.Name == name ? union.Union(item.Ranges) : union;
        }

        return union;
    }

    /// <summary>All names of a set resource, reserved ones included.</summary>
    public NameSet GetNames(string name)
    {
        var union = NameSet.Empty;
        foreach (var item in rest ?? [])
        {
            union = item.Names is not null && item.Key.Name == name ? union.Union(item.Names) : union;
        }

        return union;
    }

    /// <summary>Both sets together. Overlapping ranges and names count once; whole volumes stay apart.</summary>
    /// <exception cref="OverflowException">
    /// A sum leaves the range of a 64-bit number: a bug of the caller.
    /// </exception>
    public static ResourceSet operator +(in ResourceSet left, in ResourceSet right)
    {
        var sum = left.Main + right.Main;
        return Vector256.LessThanAny(sum, Vector256<long>.Zero)
            ? throw new OverflowException($"{left} + {right}")
            : new ResourceSet(sum, ItemLists.Add(left.rest, right.rest));
    }

    /// <summary>The left set without the right one.</summary>
    /// <exception cref="InvalidOperationException">
    /// The right set is not contained in the left: a bug of the caller.
    /// </exception>
    public static ResourceSet operator -(in ResourceSet left, in ResourceSet right) =>
        left.TrySubtract(right, out var remains)
            ? remains
            : throw new InvalidOperationException($"{right} is not contained in {left}.");

    /// <summary>Value equality.</summary>
    public static bool operator ==(in ResourceSet left, in ResourceSet right) => left.Equals(right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(in ResourceSet left, in ResourceSet right) => !left.Equals(right);

    /// <summary>Takes <paramref name="other"/> away if all of it is here; otherwise changes nothing.</summary>
    public bool TrySubtract(in ResourceSet other, out ResourceSet remains)
    {
        var difference = Main - other.Main;
        if (Vector256.LessThanAny(difference, Vector256<long>.Zero)
            || !ItemLists.TrySubtract(rest, other.rest, out var items))
        {
            remains = this;
            return false;
        }

        remains = new ResourceSet(difference, items);
        return true;
    }

    /// <summary>
    /// The set without what it has of <paramref name="other"/>; what it does not have is passed over.
    /// </summary>
    public ResourceSet SubtractWhatIsThere(in ResourceSet other) => this - Intersect(other);

    /// <summary>Whether all of <paramref name="other"/> is here, key by key.</summary>
    public bool Contains(in ResourceSet other) =>
        Vector256.LessThanOrEqualAll(other.Main, Main) && ItemLists.Contains(rest, other.rest);

    /// <summary>What both sets have, key by key.</summary>
    public ResourceSet Intersect(in ResourceSet other) =>
        new(Vector256.Min(Main, other.Main), ItemLists.Intersect(rest, other.rest));

    /// <summary>What of it is lent, and may be taken back at any time.</summary>
    public ResourceSet Revocable => IsPlain ? Empty : Where(static item => item.Key.IsRevocable);

    /// <summary>Its shared volumes, each once, however many copies it has.</summary>
    public ResourceSet Shared => rest is not null && Array.Exists(rest, static item => item.Key.IsShared)
        ? Of(rest.Where(static item => item.Key.IsShared).Select(static item => item with { Copies = 1 }))
        : Empty;

    /// <summary>All of it but shared volumes: what one alone can hold.</summary>
    public ResourceSet Unshared => rest is not null && Array.Exists(rest, static item => item.Key.IsShared)
        ? new ResourceSet(Main, ItemLists.Where(rest, static item => !item.Key.IsShared))
        : this;

    /// <summary>The items that pass the test.</summary>
    public ResourceSet Where(Func<ResourceItem, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var plain = Main;
        for (var index = 0; index < 4; index++)
        {
            if (plain.GetElement(index) != 0
                && !keep(new ResourceItem(ResourceKey.OfMain(index), new Scalar(plain.GetElement(index)))))
            {
                plain = plain.WithElement(index, 0);
            }
        }

        return new ResourceSet(plain, ItemLists.Where(rest, keep));
    }

    /// <inheritdoc/>
    public bool Equals(ResourceSet other) =>
        Main == other.Main
        && (ReferenceEquals(rest, other.rest) || rest.AsSpan().SequenceEqual(other.rest.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Main, rest?.Length, rest?[0]);

    /// <summary>Mesos' text form, which <see cref="Parse"/> reads back; empty text for the empty set.</summary>
    public override string ToString() => string.Join(';', Items);

    /// <summary>All scalars of all names together, or <paramref name="most"/> if that is more.</summary>
    internal long Weight(long most)
    {
        long sum = 0;
        for (var index = 0; index < 4; index++)
        {
            sum += Math.Min(Main.GetElement(index), most - sum);
        }

        foreach (var item in rest ?? [])
        {
            sum += item.Key.Kind == ResourceKind.Scalar ? Math.Min(item.Amount.Thousandths, most - sum) : 0;
        }

        return sum;
    }

    private Scalar Sum(int mainIndex)
    {
        var sum = Main.GetElement(mainIndex);
        foreach (var item in rest ?? [])
        {
            if (item.Key.Kind == ResourceKind.Scalar && ResourceNames.MainIndex(item.Key.Name) == mainIndex)
            {
                sum += item.Amount.Thousandths;
            }
        }

        return new Scalar(sum);
    }
}
