using ClusterScheduler.Benchmarks.Engine;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>
/// <c>list</c>, <c>NAME [--option value]</c> or <c>all</c>. The last line of a run is <c>NAME: FIGURE UNIT</c>.
/// </summary>
internal static class BenchmarkProgram
{
    private const int WrongUsage = 2;

    internal static int Run(string[] arguments)
    {
        if (arguments is ["list"])
            return List();
        if (arguments is [RemotePeer.Argument])
            return RemotePeer.Run();
        if (arguments is ["all", .. var only])
            return Report.Write(only);
        if (arguments is [var name, ..] && Catalogue.All.FirstOrDefault(each => each.Name == name) is { } benchmark)
            return RunOne(benchmark, arguments.AsSpan(1));
        Console.Error.WriteLine(arguments is []
            ? "Say which: list, all, or the name of a benchmark."
            : $"There is no benchmark '{arguments[0]}'. See: list.");
        return WrongUsage;
    }

    private static int List()
    {
        foreach (var benchmark in Catalogue.All)
        {
            Console.WriteLine($"{benchmark.Name,-20} {benchmark.Summary}");
            foreach (var option in benchmark.Options)
                Console.WriteLine($"{"",-20}   --{option.Name} {option.Default}: {option.Meaning} ({option.Range})");
        }

        return 0;
    }

    private static int RunOne(IBenchmark benchmark, ReadOnlySpan<string> arguments)
    {
        if (BenchmarkOptions.Parse(benchmark, arguments, out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return WrongUsage;
        }

        Console.WriteLine(benchmark.Summary);
        var figure = benchmark.Run(options, Console.Out);
        Console.WriteLine($"{benchmark.Name}: {FigureText.Format(figure)}");
        return 0;
    }
}
