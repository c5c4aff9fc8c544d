using ClusterScheduler.Runtime.Delivery;

namespace ClusterScheduler.Runtime.Tests.Delivery;

/// <summary>The time after which an answer counts as lost, by the formulas of RFC 6298, section 2.</summary>
public sealed class RoundTripsTests
{
    [Fact]
    public void Nothing_is_known_before_the_first_answer() => Assert.Equal(TimeSpan.Zero, new RoundTrips().Timeout);

    [Fact]
    public void The_first_answer_gives_three_times_what_it_took() =>
        Assert.Equal(Milliseconds(300), After(100).Timeout);

    [Fact]
    public void The_second_one_weighs_an_eighth_and_its_deviation_a_quarter() =>

        // Smoothed 100 + 80 / 8 = 110; deviation 50 + (80 - 50) / 4 = 57.5.
        Assert.Equal(Milliseconds(340), After(100, 180).Timeout);

    [Fact]
    public void It_comes_near_what_answers_take_when_that_does_not_change()
    {
        var trips = After([5_000, .. Enumerable.Repeat(200, 120)]);

        Assert.InRange(trips.Timeout, Milliseconds(200), Milliseconds(205));
    }

    private static RoundTrips After(params int[] samples)
    {
        var trips = new RoundTrips();
        foreach (var sample in samples)
        {
            trips.Note(Milliseconds(sample));
        }

        return trips;
    }

    private static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);
}
