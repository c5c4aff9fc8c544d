using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>
/// A job file as a tree of texts, lists and maps with their places, whatever syntax it was written in. Readers make
/// it, the rules work on it, so that YAML and JSON mean the same.
/// </summary>
/// <param name="Position">Where the node begins.</param>
public abstract record FileNode(TextPosition Position)
{
    /// <summary>A single value.</summary>
    /// <param name="Text">As written, without quotes.</param>
    /// <param name="Kind">What the syntax takes it for.</param>
    /// <param name="Position">Where it begins.</param>
    public sealed record Scalar(string Text, ScalarKind Kind, TextPosition Position) : FileNode(Position);

    /// <summary>Values in order.</summary>
    /// <param name="Items">The values.</param>
    /// <param name="Position">Where it begins.</param>
    public sealed record List(ImmutableArray<FileNode> Items, TextPosition Position) : FileNode(Position);

    /// <summary>Values under keys, in order of the file; each key once.</summary>
    /// <param name="Entries">Keys and values.</param>
    /// <param name="Position">Where it begins.</param>
    public sealed record Map(ImmutableArray<FileEntry> Entries, TextPosition Position) : FileNode(Position)
    {
        /// <summary>The value under a key; null when there is none.</summary>
        public FileNode? this[string key]
        {
            get
            {
                foreach (var entry in Entries)
                {
                    if (entry.Key == key)
                    {
                        return entry.Value;
                    }
                }

                return null;
            }
        }
    }
}

/// <summary>One key of a map with its value.</summary>
/// <param name="Key">Case matters.</param>
/// <param name="KeyPosition">Where the key begins.</param>
/// <param name="Value">What stands under it.</param>
public readonly record struct FileEntry(string Key, TextPosition KeyPosition, FileNode Value);

/// <summary>What a syntax takes a single value for (YAML 1.2 core schema; JSON).</summary>
public enum ScalarKind
{
    /// <summary>Text, or anything in quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with a fraction or an exponent.</summary>
    Fraction,

    /// <summary>true or false.</summary>
    Truth,

    /// <summary>Nothing: null, ~ or an empty place.</summary>
    Nothing,
}
