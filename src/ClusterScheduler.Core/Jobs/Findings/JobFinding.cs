namespace ClusterScheduler.Core.Jobs.Findings;

/// <summary>A place in a text.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct TextPosition(int Line, int Column) : IComparable<TextPosition>
{
    /// <summary>The beginning.</summary>
    public static TextPosition Start { get; } = new(1, 1);

    /// <summary>Reading order.</summary>
    public int CompareTo(TextPosition other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <summary>line:column.</summary>
    public override string ToString() => FormattableString.Invariant($"{Line}:{Column}");
}

/// <summary>One thing that is wrong with a job file; a reader reports all of them at once.</summary>
/// <param name="Kind">Which rule is broken.</param>
/// <param name="Path">Where in the file's structure, as in <c>jobs[0].task.command</c>; empty: the whole
/// file.</param>
/// <param name="Position">Where in the file's text.</param>
/// <param name="Problem">What is wrong, for people, with the value found.</param>
/// <param name="Remedy">What would be right, for people.</param>
public sealed record JobFinding(
    JobFindingKind Kind,
    string Path,
    TextPosition Position,
    string Problem,
    string Remedy);

/// <summary>The rules that a job file can break.</summary>
public enum JobFindingKind
{
    /// <summary>There is no such file.</summary>
    FileNotFound,

    /// <summary>The path names a directory or another thing that is no ordinary file.</summary>
    NotAFile,

    /// <summary>The file may not be read.</summary>
    Unreadable,

    /// <summary>The file, its depth or what its aliases expand to is beyond a limit.</summary>
    TooLarge,

    /// <summary>Some bytes are not UTF-8.</summary>
    NotUtf8,

    /// <summary>The text is not YAML, or not JSON.</summary>
    Syntax,

    /// <summary>A tab stands where only spaces may.</summary>
    Tab,

    /// <summary>There is nothing in the file.</summary>
    Empty,

    /// <summary>
    /// A form that YAML knows and job files do not: tags, several documents, keys that are no text.
    /// </summary>
    UnsupportedForm,

    /// <summary>One key twice in one map.</summary>
    DuplicateKey,

    /// <summary>A key that the format does not have.</summary>
    UnknownKey,

    /// <summary>A key that must be there is not, or one of several.</summary>
    MissingKey,

    /// <summary>Two keys of which only one may be there.</summary>
    ConflictingKeys,

    /// <summary>A list where a number belongs, and the like.</summary>
    WrongType,

    /// <summary>A text that breaks the rule of its key.</summary>
    BadText,

    /// <summary>A number, size, duration or count beyond its range.</summary>
    OutOfRange,

    /// <summary>A word that the format knows and this version does not offer.</summary>
    NotAvailable,

    /// <summary>A command that runs nothing.</summary>
    EmptyCommand,

    /// <summary>A name that is taken.</summary>
    DuplicateName,

    /// <summary>A name that nothing bears.</summary>
    UnknownName,

    /// <summary>Things that wait for one another.</summary>
    Cycle,

    /// <summary>A template in double braces that nothing replaces.</summary>
    UnknownTemplate,

    /// <summary>A final process ordered with an ordinary one, or no ordinary process at all.</summary>
    FinalProcess,

    /// <summary>No agent of the file can ever hold the task.</summary>
    NeverFits,
}
