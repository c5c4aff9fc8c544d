using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>Runs each benchmark in a process of its own and writes <c>docs/benchmarks.md</c>.</summary>
internal static class Report
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    internal static int Write(IReadOnlyList<string> only)
    {
        var text = new StringBuilder("# Benchmarks\n\n");
        text.Append("Written by `dotnet run -c Release --project tests/ClusterScheduler.Benchmarks -- all`; ");
        text.Append("one of them alone: `-- NAME`; what there is: `-- list`.\n\n");
        text.Append(Machine.Describe());
        text.Append("\n| name | what | Mesos | figure | target | met |\n|---|---|---|---:|---:|---|\n");
        var failed = 0;
        foreach (var benchmark in Catalogue.All.Where(each => only.Count == 0 || only.Contains(each.Name)))
        {
            var figure = RunInOwnProcess(benchmark);
            failed += figure is null ? 1 : 0;
            text.Append(Row(benchmark, figure));
        }

        var file = Path.Combine(RepositoryRoot(), "docs", "benchmarks.md");
        File.WriteAllText(file, text.ToString());
        Console.WriteLine("Written: docs/benchmarks.md");
        return failed == 0 ? 0 : 1;
    }

    private static string Row(IBenchmark benchmark, Figure? figure)
    {
        var shown = figure is { } known ? FigureText.Format(known) : "failed";
        var met = benchmark.Target is not { } bound ? ""
            : figure is { } measured && bound.IsMetBy(measured.Value) ? "yes" : "**no**";
        return $"{Workload(benchmark)} {shown} | {TargetOf(benchmark)} | {met} |\n";
    }

    /// <summary>How the row of a benchmark begins: its name, what it does, what Mesos takes for it.</summary>
    internal static string Workload(IBenchmark benchmark) =>
        $"| `{benchmark.Name}` | {benchmark.Summary} | {benchmark.Mesos} |";

    /// <summary>The cell with its bound; empty where nothing was promised.</summary>
    internal static string TargetOf(IBenchmark benchmark) => benchmark.Target is { } target
        ? $"{(target.Bound == Bound.AtLeast ? "≥" : "≤")} {FigureText.Number(target.Value)}"
        : "";

    private static Figure? RunInOwnProcess(IBenchmark benchmark)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(Report).Assembly.Location);
        start.ArgumentList.Add(benchmark.Name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LongestRun))
        {
            process.Kill(entireProcessTree: true);
            Console.WriteLine($"{benchmark.Name}: no end within {LongestRun.TotalMinutes} minutes");
            return null;
        }

        var last = output.Result.TrimEnd().Split('\n')[^1];
        Console.WriteLine(last);
        return process.ExitCode == 0 ? FigureText.Parse(benchmark.Name, last) : null;
    }

    internal static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ClusterScheduler.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"No ClusterScheduler.sln above {AppContext.BaseDirectory}."));
    }
}
