using System.Globalization;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>Figures as text and back: the line that ends a run is also what the report reads.</summary>
internal static class FigureText
{
    internal static string Format(Figure figure) => $"{Number(figure.Value)} {figure.Unit}";

    /// <summary>Whole above 100; below, as many digits as are worth something.</summary>
    internal static string Number(double value) =>
        value.ToString(value >= 100 ? "0" : value >= 0.01 ? "0.###" : "0.######", CultureInfo.InvariantCulture);

    internal static Figure? Parse(string name, string line)
    {
        if (!line.StartsWith(name + ": ", StringComparison.Ordinal))
            return null;
        var parts = line[(name.Length + 2)..].Split(' ', 2);
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new Figure(value, parts[1])
            : null;
    }
}
