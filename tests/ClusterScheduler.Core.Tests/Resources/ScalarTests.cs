using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

public sealed class ScalarTests
{
    [Theory]
    [InlineData(double.NaN, ScalarRefusal.NotANumber)]
    [InlineData(double.PositiveInfinity, ScalarRefusal.Infinite)]
    [InlineData(double.NegativeInfinity, ScalarRefusal.Infinite)]
    [InlineData(-0.001, ScalarRefusal.Negative)]
    [InlineData(1.1e12, ScalarRefusal.TooLarge)]
    [InlineData(1e12, ScalarRefusal.None)]
    [InlineData(0, ScalarRefusal.None)]
    public void A_number_that_is_no_amount_is_refused_with_its_reason(double units, ScalarRefusal expected)
    {
        Assert.Equal(expected == ScalarRefusal.None, Scalar.TryCreate(units, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(0.0005, "0.001")]
    [InlineData(8, "8")]
    [InlineData(2.5, "2.5")]
    [InlineData(1e12, "1000000000000")]
    public void Amounts_have_three_decimals_and_print_as_Mesos_prints_them(double units, string text) =>
        Assert.Equal(text, Scalar.Of(units).ToString());

    [Fact]
    public void A_text_that_is_no_number_is_refused() =>
        Assert.False(Scalar.TryParse("8x", out _, out _));
}
