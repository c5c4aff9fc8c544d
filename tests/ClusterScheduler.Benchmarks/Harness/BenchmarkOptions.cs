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
        var values = benchmark.Options.ToDictionary(option => option.Name, option => option.Default);
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var name = arguments[index].StartsWith("--", StringComparison.Ordinal) ? arguments[index][2..] : "";
            if (!values.ContainsKey(name))
                error = $"{benchmark.Name} has no option '{arguments[index]}'. It has: {Names(benchmark)}.";
            else if (index + 1 == arguments.Length)
                error = $"--{name} needs a value.";
            else if (!TryParse(arguments[index + 1], out var value))
                error = $"--{name} is '{arguments[index + 1]}'; it must be a whole number.";
            else
                values[name] = value;
            if (error.Length > 0)
                return null;
        }

        return new BenchmarkOptions(values);
    }

    internal int Int(string name) => checked((int)_values[name]);

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Names(IBenchmark benchmark) => benchmark.Options.Count == 0
        ? "none"
        : string.Join(", ", benchmark.Options.Select(option => "--" + option.Name));
}
