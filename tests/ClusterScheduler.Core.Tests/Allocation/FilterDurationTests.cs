using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Core.Tests.Allocation;

public sealed class FilterDurationTests
{
    [Theory]
    [InlineData(null, 5)]
    [InlineData(-1.0, 5)]
    [InlineData(double.NaN, 5)]
    [InlineData(double.NegativeInfinity, 5)]
    [InlineData(0.0, 0)]
    [InlineData(2.5, 2.5)]
    [InlineData(1e300, 365 * 86_400)]
    [InlineData(double.PositiveInfinity, 365 * 86_400)]
    public void What_a_call_says_becomes_a_bounded_time(double? refuseSeconds, double expectedSeconds) =>
        Assert.Equal(expectedSeconds, FilterDuration.From(refuseSeconds).TotalSeconds);
}
