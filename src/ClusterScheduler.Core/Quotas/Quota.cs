using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Quotas;

/// <summary>
/// What a role, with its sub-roles, is guaranteed and limited to (Mesos: <c>QuotaConfig</c>). Scalars only, by
/// name, in
/// the unit of the resource. A name without guarantee is guaranteed nothing; a name without limit is not
/// limited, and a
/// limit of zero allows nothing.
/// </summary>
/// <param name="Guarantees">By name.</param>
/// <param name="Limits">By name.</param>
public sealed record Quota(IReadOnlyDictionary<string, Scalar> Guarantees, IReadOnlyDictionary<string, Scalar> Limits)
{
    /// <summary>Neither guarantees nor limits.</summary>
    public static Quota None { get; } = new(NoAmounts, NoAmounts);

    private static SortedDictionary<string, Scalar> NoAmounts => new(StringComparer.Ordinal);

    /// <summary>Whether it says nothing.</summary>
    public bool IsNone => Guarantees.Count == 0 && Limits.Count == 0;

    /// <summary>
    /// Guarantees and limits from the text form of resources; plain scalars only, each name once.
    /// </summary>
    /// <exception cref="FormatException">
    /// A text is refused; also an amount above zero that three decimals cannot say: a limit of zero allows nothing.
    /// </exception>
    public static Quota Parse(string guarantees, string limits) => new(Amounts(guarantees), Amounts(limits));

    /// <summary>Compared by content.</summary>
    public bool Equals(Quota? other) =>
        other is not null && Same(Guarantees, other.Guarantees) && Same(Limits, other.Limits);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Guarantees.Count, Limits.Count);

    /// <summary>The limit of a name, or null.</summary>
    public Scalar? LimitOf(string name) => Limits.TryGetValue(name, out var limit) ? limit : null;

    /// <summary>The guarantee of a name, or zero.</summary>
    public Scalar GuaranteeOf(string name) => Guarantees.GetValueOrDefault(name);

    private static bool Same(IReadOnlyDictionary<string, Scalar> one, IReadOnlyDictionary<string, Scalar> other) =>
        one.Count == other.Count
        && one.All(amount => other.TryGetValue(amount.Key, out var same) && same == amount.Value);

    // Not through ResourceSet: a limit of zero must be kept.
    private static SortedDictionary<string, Scalar> Amounts(string text)
    {
        var amounts = NoAmounts;
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split(':', StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !ResourceNames.IsValid(pair[0]))
            {
                throw new FormatException($"'{part}' is no amount of a scalar resource, such as cpus:8.");
            }

            if (!Scalar.TryParseAsMeant(pair[1], out var amount, out var refusal))
            {
                throw new FormatException($"'{part}' is no amount: {refusal.InWords()}.");
            }

            if (!amounts.TryAdd(pair[0], amount))
            {
                throw new FormatException($"{pair[0]} is given twice, the second time as '{part}'.");
            }
        }

        return amounts;
    }
}
