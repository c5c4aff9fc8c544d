using System.Text;

namespace ClusterScheduler.Cli.Output;

/// <summary>A long line on a narrow terminal: broken between words, never inside one.</summary>
internal static class Folded
{
    /// <param name="output">Where to.</param>
    /// <param name="first">Stands before the first line.</param>
    /// <param name="later">Stands before each further one.</param>
    /// <param name="text">Words with one space between them.</param>
    /// <param name="joint">Ends each line that goes on: " \" where a shell is to read it.</param>
    /// <param name="columnsMax">The width of the terminal. 0: a pipe, nothing is broken.</param>
    public static void Write(
        TextWriter output, string first, string later, string text, string joint, int columnsMax)
    {
        var line = new StringBuilder(first);
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && columnsMax > 0 && line.Length + 1 + word.Length + joint.Length > columnsMax)
            {
                output.WriteLine(line.Append(joint));
                line.Clear().Append(later);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        output.WriteLine(line);
    }
}
