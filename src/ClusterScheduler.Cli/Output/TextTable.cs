namespace ClusterScheduler.Cli.Output;

/// <summary>
/// Rows under a header, each column as wide as it must be. Where the terminal is too narrow the last column gives way,
/// whose texts lose their end; then the widest ones, whose texts lose their middle.
/// </summary>
internal sealed class TextTable(params string[] header)
{
    private const string Gap = "  ";
    private const string Cut = "…";

    /// <summary>No column becomes narrower than this, or than its title.</summary>
    private const int WidthLeast = 12;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    /// <param name="output">Where to.</param>
    /// <param name="columnsMax">The width of the terminal. 0: a pipe, nothing is cut.</param>
    public void Write(TextWriter output, int columnsMax)
    {
        var widths = Widths(columnsMax);
        foreach (var row in _rows.Prepend(header))
        {
            var line = string.Join(Gap, row.Select((cell, column) => column == row.Length - 1
                ? Fit(cell, widths[column], keepsEnd: false)
                : Fit(cell, widths[column], keepsEnd: true).PadRight(widths[column])));
            output.WriteLine(columnsMax > 1 && line.Length > columnsMax ? line[..(columnsMax - 1)] + Cut : line);
        }
    }

    private int[] Widths(int columnsMax)
    {
        var widths = header.Select((title, column) =>
            _rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var least = header.Select(title => Math.Max(title.Length, WidthLeast)).ToArray();
        var excess = columnsMax > 0 ? widths.Sum() + (Gap.Length * (widths.Length - 1)) - columnsMax : 0;
        for (; excess > 0; excess--)
        {
            var giving = Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column])
                .OrderByDescending(column => column == widths.Length - 1 ? int.MaxValue : widths[column])
                .Append(-1).First();
            if (giving < 0)
            {
                break;
            }

            widths[giving]--;
        }

        return widths;
    }

    private static string Fit(string cell, int width, bool keepsEnd)
    {
        if (cell.Length <= width)
        {
            return cell;
        }

        var end = keepsEnd ? (width - Cut.Length) / 2 : 0;
        return cell[..(width - Cut.Length - end)] + Cut + cell[^end..];
    }
}
