using System.Diagnostics;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>Repeats a measurement: some rounds to warm up, then the median of the others.</summary>
internal static class Rounds
{
    internal static double MedianPerSecond(int warmUp, int measured, long operations, TextWriter log, Action round)
    {
        for (var index = 0; index < warmUp; index++)
            round();
        var figures = new double[measured];
        for (var index = 0; index < measured; index++)
        {
            var began = Stopwatch.GetTimestamp();
            round();
            figures[index] = operations / Stopwatch.GetElapsedTime(began).TotalSeconds;
            log.WriteLine($"  round {index + 1}: {FigureText.Number(figures[index])} /s");
        }

        Array.Sort(figures);
        return figures[measured / 2];
    }
}
