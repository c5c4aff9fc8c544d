using ClusterScheduler.Runtime.Inputs;

namespace ClusterScheduler.Runtime.Tests.Inputs;

/// <summary>Times are minutes: of the wall clock, of the monotonic clock, and what is read.</summary>
public class SteadyClockTests
{
    public static TheoryData<string, double[], double[], double[]> Clocks => new()
    {
        { "both go on", [10, 11, 13], [0, 1, 3], [10, 11, 13] },
        { "set forward", [10, 70, 71], [0, 1, 2], [10, 70, 71] },
        { "set back", [10, 1, 2, 4], [0, 1, 2, 4], [10, 10.5, 11, 12] },
        { "set back, and caught up", [10, 8, 12, 15, 16], [0, 2, 6, 9, 10], [10, 11, 13, 15, 16] },
        { "set back twice", [10, 9, 5, 6], [0, 1, 2, 3], [10, 10.5, 11, 11.5] },
        { "read twice at once", [10, 9, 9], [0, 0, 0], [10, 10, 10] },
        { "begun anew", [10, 0, 1], [5, 0, 1], [10, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Clocks))]
    public void It_never_goes_back_and_never_stands_still(
        string name, double[] wall, double[] monotonic, double[] expected)
    {
        var clock = new SteadyClock();

        var read = wall.Zip(monotonic, (w, m) => clock.Read(At(w), TimeSpan.FromMinutes(m))).ToArray();

        Assert.True(expected.Select(At).SequenceEqual(read), $"{name}: {string.Join(", ", read)}");
    }

    private static DateTimeOffset At(double minutes) => DateTimeOffset.UnixEpoch + TimeSpan.FromMinutes(minutes);
}
