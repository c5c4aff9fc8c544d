using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>
/// What may stand in one place of a job file. The reader's checks, the JSON schema and the reference in docs/ are all
/// made from these values, so that there is one description of the format.
/// </summary>
public abstract record FormatType
{
    private FormatType()
    {
    }

    /// <summary>Text.</summary>
    /// <param name="Pattern">A regular expression that all of it matches, in the common part of .NET and ECMA; null:
    /// any.</param>
    /// <param name="Meaning">What the pattern says, for people.</param>
    /// <param name="LengthMin">Least number of characters.</param>
    /// <param name="LengthMax">Largest number of characters.</param>
    /// <param name="AlsoPlain">Numbers and truth values are taken as the text that they are written with.</param>
    public sealed record Text(string? Pattern, string Meaning, int LengthMin, int LengthMax, bool AlsoPlain = false)
        : FormatType;

    /// <summary>A whole number.</summary>
    /// <param name="Min">Least.</param>
    /// <param name="Max">Largest.</param>
    /// <param name="Except">Not this one; null: no exception.</param>
    public sealed record Whole(long Min, long Max, long? Except = null) : FormatType;

    /// <summary>A number with at most three decimals.</summary>
    /// <param name="MinMilli">Least, in thousandths.</param>
    /// <param name="MaxMilli">Largest, in thousandths.</param>
    public sealed record Fraction(long MinMilli, long MaxMilli) : FormatType;

    /// <summary>A size: text with a unit, or a number of MiB.</summary>
    /// <param name="MinMilli">Least, in thousandths of a MiB.</param>
    /// <param name="MaxMilli">Largest, in thousandths of a MiB.</param>
    public sealed record Size(long MinMilli, long MaxMilli) : FormatType;

    /// <summary>A duration: text with units.</summary>
    /// <param name="Min">Least.</param>
    /// <param name="Max">Largest.</param>
    public sealed record Duration(TimeSpan Min, TimeSpan Max) : FormatType;

    /// <summary>true or false.</summary>
    public sealed record Truth : FormatType;

    /// <summary>One of some words.</summary>
    /// <param name="Words">Those that are offered.</param>
    /// <param name="Later">Those that the format knows and this version does not offer.</param>
    public sealed record Choice(ImmutableArray<string> Words, ImmutableArray<string> Later) : FormatType;

    /// <summary>Values in order.</summary>
    /// <param name="Item">What each may be.</param>
    /// <param name="Min">Least number.</param>
    /// <param name="Max">Largest number.</param>
    public sealed record List(FormatType Item, int Min, int Max) : FormatType;

    /// <summary>Values under names that the writer chooses.</summary>
    /// <param name="Key">What the names may be.</param>
    /// <param name="Value">What each value may be.</param>
    /// <param name="Max">Largest number.</param>
    public sealed record Map(Text Key, FormatType Value, int Max) : FormatType;

    /// <summary>Values under the keys of the format.</summary>
    /// <param name="Name">What this is, for people: a job, a process.</param>
    /// <param name="Keys">The keys.</param>
    /// <param name="ExactlyOneOf">Of these keys one must be there, and only one; empty: no such rule.</param>
    public sealed record Keyed(string Name, ImmutableArray<FormatKey> Keys, ImmutableArray<string> ExactlyOneOf)
        : FormatType;

    /// <summary>One of several types that differ in shape (single value, list, list of lists, map).</summary>
    /// <param name="Types">No two of one shape.</param>
    public sealed record Either(ImmutableArray<FormatType> Types) : FormatType;
}

/// <summary>One key of the format.</summary>
/// <param name="Name">As written.</param>
/// <param name="Type">What may stand under it.</param>
/// <param name="About">What it is for, for people; one or two sentences.</param>
public sealed record FormatKey(string Name, FormatType Type, string About)
{
    /// <summary>Must be there.</summary>
    public bool Required { get; init; }

    /// <summary>What holds where it is not there, as a file would write it; null: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Names that this has in other schedulers; whoever writes one of them is told this one.</summary>
    public ImmutableArray<string> Elsewhere { get; init; } = [];
}
