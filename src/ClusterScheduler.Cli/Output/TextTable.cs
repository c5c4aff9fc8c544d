namespace ClusterScheduler.Cli.Output;

/// <summary>Rows under a header, each column as wide as it must be; the last one takes what is left.</summary>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    /// <param name="output">Where to.</param>
    /// <param name="columnsMax">The width of the terminal; lines are cut there. 0: a pipe, nothing is cut.</param>
    public void Write(TextWriter output, int columnsMax)
    {
        var widths = header.Select((title, column) =>
            _rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        foreach (var row in _rows.Prepend(header))
        {
            var line = string.Join(Gap, row.Select((cell, column) =>
                column == row.Length - 1 ? cell : cell.PadRight(widths[column])));
            output.WriteLine(columnsMax > 1 && line.Length > columnsMax ? line[..(columnsMax - 1)] + "…" : line);
        }
    }
}
