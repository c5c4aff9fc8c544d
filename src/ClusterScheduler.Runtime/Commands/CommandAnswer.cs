using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>What came of a command; how it is shown is up to whoever asked.</summary>
public abstract record CommandAnswer
{
    private CommandAnswer()
    {
    }

    /// <summary>Rows of facts.</summary>
    /// <param name="Columns">What the cells of each row are.</param>
    /// <param name="Rows">As many cells each as there are columns.</param>
    public sealed record Table(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<CommandCell>> Rows)
        : CommandAnswer
    {
        /// <summary>What is to be known besides, shown under the rows; none when all is well.</summary>
        public string? Note { get; init; }

        /// <summary>Makes it of rows.</summary>
        public static Table Of(string[] columns, IEnumerable<CommandCell[]> rows) =>
            new([.. columns], [.. rows.Select(row => row.ToImmutableArray())]);
    }

    /// <summary>It was done, or is under way.</summary>
    /// <param name="Sentence">For people.</param>
    public sealed record Done(string Sentence) : CommandAnswer;

    /// <summary>It was not done.</summary>
    /// <param name="Fault">What kind of reason.</param>
    /// <param name="Code">For programs; never changes.</param>
    /// <param name="Sentence">What is wrong, and what would be right.</param>
    public sealed record Refused(CommandFault Fault, string Code, string Sentence) : CommandAnswer;
}

/// <summary>Why a command was not carried out.</summary>
public enum CommandFault
{
    /// <summary>An argument is missing or cannot be read.</summary>
    WrongInput,

    /// <summary>What it is about does not exist.</summary>
    Unknown,

    /// <summary>It cannot be done as things are.</summary>
    Conflict,

    /// <summary>This node cannot answer.</summary>
    Unavailable,
}
