using System.Globalization;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>The options of one run: what the command line gave, and the defaults for the rest.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Dictionary<string, long> _values;

    private BenchmarkOptions(Dictionary<string, long> values) => _values = values;

    internal long this[string name] => _values[name];

    /// <summary>Null and a message when an argument is not understood.</summary>
    internal static BenchmarkOptions? Parse(IBenchmark benchmark, ReadOnlySpan<string> arguments, out string error)
    {
        error = "";
        var known = benchmark.Options.ToDictionary(option => option.Name);
        var values = known.Values.ToDictionary(option => option.Name, option => option.Default);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var name = arguments[index].StartsWith("--", StringComparison.Ordinal) ? arguments[index][2..] : "";
            if (!known.TryGetValue(name, out var option))
                error = $"{benchmark.Name} has no option '{arguments[index]}'. It has: {Names(benchmark)}.";
            else if (index + 1 == arguments.Length)
                error = $"--{name} needs a value.";
            else if (!TryParse(arguments[index + 1], out var value) || value < option.Least || value > option.Most)
                error = $"{benchmark.Name}: --{name} is '{arguments[index + 1]}'; it must be {option.Range}.";
            else
                values[name] = value;
            if (error.Length > 0)
                return null;
        }

        var options = new BenchmarkOptions(values);
        error = benchmark.Check(options) ?? "";
        return error.Length == 0 ? options : null;
    }

    internal int Int(string name) => checked((int)_values[name]);

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Names(IBenchmark benchmark) => benchmark.Options.Count == 0
        ? "none"
        : string.Join(", ", benchmark.Options.Select(option => "--" + option.Name));
}
