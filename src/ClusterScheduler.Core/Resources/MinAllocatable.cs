using System.Diagnostics.CodeAnalysis;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// The smallest amounts that are worth an offer: it must reach every amount of at least one alternative.
/// Without alternatives anything is worth an offer (Mesos: <c>--min_allocatable_resources</c>).
/// </summary>
/// <param name="Alternatives">Plain unreserved scalars each.</param>
public sealed record MinAllocatable(IReadOnlyList<ResourceSet> Alternatives)
{
    /// <summary>Most alternatives; a bound of this product.</summary>
    public const int AlternativesMax = 16;

    /// <summary>Most names in one alternative; a bound of this product.</summary>
    public const int NamesMax = 64;

    /// <summary>Mesos' default: <c>cpus:0.01|mem:32</c>.</summary>
    public static MinAllocatable Default { get; } =
        new([ResourceSet.Parse("cpus:0.01"), ResourceSet.Parse("mem:32")]);

    /// <summary>Anything that is not empty.</summary>
    public static MinAllocatable Anything { get; } = new([]);

    /// <summary>Reads alternatives separated by <c>|</c>, each in the text form of resources.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MinAllocatable? min, out ResourceRefusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(text);
        min = null;
        refusal = null;
        var alternatives = new List<ResourceSet>();
        foreach (var part in text.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ResourceSet.TryParse(part, out var set, out refusal))
            {
                return false;
            }

            alternatives.Add(set);
        }

        if (alternatives.Count > AlternativesMax || alternatives.Any(a => !IsPlainScalars(a)))
        {
            refusal = new ResourceRefusal(ResourceFault.Kind, text);
            return false;
        }

        min = new MinAllocatable(alternatives);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('|', Alternatives);

    private static bool IsPlainScalars(ResourceSet set) =>
        !set.IsEmpty && set.Items.Count() <= NamesMax
        && set.Items.All(item => item.Key is { IsPlain: true, Kind: ResourceKind.Scalar });
}
