using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Everything about a resource but its amount. Two items with the same key are the same kind of thing and add up;
/// items with different keys never mix. Immutable; compared by <see cref="Text"/>, which says it all.
/// </summary>
public sealed class ResourceKey : IEquatable<ResourceKey>, IComparable<ResourceKey>
{
    private static readonly ResourceKey[] Plain =
        [.. Enumerable.Range(0, 4).Select(i => new ResourceKey(ResourceNames.MainName(i), ResourceKind.Scalar))];

    private readonly int rank;

    /// <summary>Builds a key; <see cref="ResourceText"/> and the JSON reader check the parts.</summary>
    public ResourceKey(
        string name,
        ResourceKind kind,
        ReservationStack? reservations = null,
        DiskInfo? disk = null,
        bool isRevocable = false,
        bool isShared = false)
    {
        Name = name;
        Kind = kind;
        Reservations = reservations ?? ReservationStack.Empty;
        Disk = disk is { Source: null, Volume: null } ? null : disk;
        IsRevocable = isRevocable;
        IsShared = isShared;
        Text = ResourceText.PrintKey(this);
        var main = ResourceNames.MainIndex(name);
        rank = main < 0 ? 4 : main;
        MainIndex = main >= 0 && kind == ResourceKind.Scalar && IsPlain ? main : -1;
    }

    /// <summary>Name of the resource, such as <c>cpus</c>.</summary>
    public string Name { get; }

    /// <summary>Type of the value.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Layers of reservation; empty for unreserved.</summary>
    public ReservationStack Reservations { get; }

    /// <summary>Source and volume of a disk resource; null for anything else and for plain disk.</summary>
    public DiskInfo? Disk { get; }

    /// <summary>Whether it can be taken away at any time (oversubscription).</summary>
    public bool IsRevocable { get; }

    /// <summary>Whether many tasks may use it at once; only persistent volumes can be shared.</summary>
    public bool IsShared { get; }

    /// <summary>Canonical text up to the colon; equal texts of one kind mean equal keys.</summary>
    public string Text { get; }

    /// <summary>Whether nobody reserved it.</summary>
    public bool IsUnreserved => Reservations.IsEmpty;

    /// <summary>Whether it is a persistent volume.</summary>
    public bool IsVolume => Disk?.Volume is not null;

    /// <summary>Whether an item of this key is one thing that is never split nor merged.</summary>
    public bool IsExclusive =>
        !IsShared && Disk is not null && (Disk.Volume is not null || Disk.Source is { Kind: not DiskSourceKind.Path });

    /// <summary>Unreserved, not revocable, not shared, no disk details.</summary>
    public bool IsPlain => Reservations.IsEmpty && Disk is null && !IsRevocable && !IsShared;

    internal int MainIndex { get; }

    /// <summary>The key of unreserved cpus, mem, disk or gpus.</summary>
    public static ResourceKey OfMain(int mainIndex) => Plain[mainIndex];

    /// <summary>The same key with other reservations.</summary>
    public ResourceKey WithReservations(ReservationStack stack) => new(Name, Kind, stack, Disk, IsRevocable, IsShared);

    /// <summary>cpus, mem, disk, gpus first, then by name; then by the rest of the text.</summary>
    public int CompareTo(ResourceKey? other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }

        if (other is null)
        {
            return 1;
        }

        var order = rank != other.rank ? rank - other.rank : string.CompareOrdinal(Text, other.Text);
        return order != 0 ? order : (int)Kind - (int)other.Kind;
    }

    /// <inheritdoc/>
    public bool Equals(ResourceKey? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceKey);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
