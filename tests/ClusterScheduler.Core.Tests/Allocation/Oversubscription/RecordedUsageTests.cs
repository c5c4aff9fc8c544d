using System.Globalization;
using System.Runtime.CompilerServices;
using ClusterScheduler.Core.Allocation.Oversubscription;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Allocation.Oversubscription;

/// <summary>The estimator on a recorded series; the head of the file says what was recorded, and how.</summary>
public sealed class RecordedUsageTests
{
    private static readonly ResourceSet Allocated = ResourceSet.Parse("cpus:2;mem:2048");

    [Fact]
    public void What_a_recorded_build_lends_out_it_needs_itself_in_one_of_twenty_moments_at_most()
    {
        var window = new UsageWindow(TimeSpan.FromMinutes(5));
        var (estimates, missed, lentSum) = (0, 0, Scalar.Zero);
        foreach (var sample in Samples("build-and-tests.txt"))
        {
            if (window.Count >= EstimatorSettings.Default.SamplesLeast)
            {
                var lent = Estimate(window);
                var isShort = sample.Cpus + lent.Cpus > Allocated.Cpus || sample.Mem + lent.Mem > Allocated.Mem;
                (estimates, missed, lentSum) = (estimates + 1, missed + (isShort ? 1 : 0), lentSum + lent.Cpus);
            }

            Assert.True(window.TryAdd(sample));
        }

        // Worked out beside the code from the same file; a third of a core was lent out on average.
        Assert.Equal((240, 9), (estimates, missed));
        Assert.InRange(lentSum.ToDouble() / estimates, 0.32, 0.33);

        // In the last five minutes 95 % of the samples are at most 1.83 cpus and 1440 MiB; a tenth is kept.
        Assert.Equal("mem{REV}:403.2", Estimate(window).ToString());
    }

    private static ResourceSet Estimate(UsageWindow window) =>
        RevocableEstimator.Estimate([new EstimatedTask(Allocated, window)], EstimatorSettings.Default);

    private static IEnumerable<UsageSample> Samples(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "Recorded", file))
            .Where(static line => line[0] != '#')
            .Select(static (line, at) =>
            {
                var figures = line.Split(' ').Select(
                    static figure => Scalar.Of(double.Parse(figure, CultureInfo.InvariantCulture))).ToArray();
                return new UsageSample(DateTimeOffset.UnixEpoch.AddSeconds(2 * at), figures[0], figures[1]);
            });
}
