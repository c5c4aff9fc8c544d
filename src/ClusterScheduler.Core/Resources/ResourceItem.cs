namespace ClusterScheduler.Core.Resources;

/// <summary>One line of a set of resources: a key and a value of the key's kind.</summary>
/// <param name="Key">What it is.</param>
/// <param name="Amount">Amount of a scalar; zero otherwise.</param>
/// <param name="Ranges">Numbers of a ranges resource; null otherwise.</param>
/// <param name="Names">Names of a set resource; null otherwise.</param>
/// <param name="Copies">1, but for shared volumes the number of holders.</param>
public readonly record struct ResourceItem(
    ResourceKey Key, Scalar Amount, RangeSet? Ranges = null, NameSet? Names = null, int Copies = 1)
{
    internal bool IsNothing => Key.Kind switch
    {
        ResourceKind.Scalar => Amount.IsZero || Copies == 0,
        ResourceKind.Ranges => Ranges!.IsEmpty,
        _ => Names!.IsEmpty,
    };

    /// <summary>Text of the value: <c>0.5</c>, <c>[1-2]</c> or <c>{a}</c>.</summary>
    public string ValueText => Key.Kind switch
    {
        ResourceKind.Scalar => Amount.ToString(),
        ResourceKind.Ranges => Ranges!.ToString(),
        _ => ResourceText.PrintNames(Names!),
    };

    /// <summary>The same value of another key; only what is shared is there in several copies.</summary>
    public ResourceItem WithKey(ResourceKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return this with { Key = key, Copies = key.IsShared ? Copies : 1 };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(';', Enumerable.Repeat($"{Key.Text}:{ValueText}", Copies));

    internal ResourceItem Plus(in ResourceItem other) => this switch
    {
        { Key.IsShared: true } => this with { Copies = Copies + other.Copies },
        { Key.Kind: ResourceKind.Scalar } => this with { Amount = Amount + other.Amount },
        { Key.Kind: ResourceKind.Ranges } => this with { Ranges = Ranges!.Union(other.Ranges!) },
        _ => this with { Names = Names!.Union(other.Names!) },
    };

    internal ResourceItem Minus(in ResourceItem other) => this switch
    {
        { Key.IsShared: true } => this with { Copies = Copies - other.Copies },
        { Key.Kind: ResourceKind.Scalar } => this with { Amount = Amount - other.Amount },
        { Key.Kind: ResourceKind.Ranges } => this with { Ranges = Ranges!.Subtract(other.Ranges!) },
        _ => this with { Names = Names!.Subtract(other.Names!) },
    };

    internal bool Holds(in ResourceItem other) => this switch
    {
        { Key.IsShared: true } => Amount == other.Amount && Copies >= other.Copies,
        { Key.IsExclusive: true } => Amount == other.Amount,
        { Key.Kind: ResourceKind.Scalar } => Amount >= other.Amount,
        { Key.Kind: ResourceKind.Ranges } => Ranges!.Contains(other.Ranges!),
        _ => Names!.Contains(other.Names!),
    };

    internal ResourceItem Common(in ResourceItem other) => this switch
    {
        { Key.IsShared: true } => this with { Copies = Amount == other.Amount ? Math.Min(Copies, other.Copies) : 0 },
        { Key.IsExclusive: true } => this with { Amount = Amount == other.Amount ? Amount : Scalar.Zero },
        { Key.Kind: ResourceKind.Scalar } => this with { Amount = Scalar.Min(Amount, other.Amount) },
        { Key.Kind: ResourceKind.Ranges } => this with { Ranges = Ranges!.Intersect(other.Ranges!) },
        _ => this with { Names = Names!.Intersect(other.Names!) },
    };
}
