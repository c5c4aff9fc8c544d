using System.Text.Json;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

/// <summary>Texts that are too much are refused with a reason, and cost no more than reading them.</summary>
public sealed class ResourceBoundsTests
{
    [Theory]
    [InlineData("cpus")]
    [InlineData("licence")]
    public void A_sum_beyond_the_largest_amount_is_refused(string name)
    {
        var text = string.Join(';', Enumerable.Repeat($"{name}:1000000000000", 9_500));
        Assert.False(ResourceSet.TryParse(text, out var set, out var refusal));
        Assert.Equal((ResourceFault.Amount, ScalarRefusal.TooLarge), (refusal.Fault, refusal.Scalar));
        Assert.True(set.IsEmpty);
        var json = string.Join(',', Enumerable.Repeat(
            $$$"""{"name":"{{{name}}}","type":"SCALAR","scalar":{"value":1e12}}""", 9_500));
        using var list = JsonDocument.Parse($"[{json}]");
        Assert.False(ResourceJsonReader.TryRead(list.RootElement, out _, out refusal));
        Assert.Equal((ResourceFault.Amount, ScalarRefusal.TooLarge), (refusal.Fault, refusal.Scalar));
    }

    [Fact]
    public void The_sum_over_reservations_of_a_name_is_bounded()
    {
        Assert.False(ResourceSet.TryParse("cpus:1000000000000;cpus(a):1", out _, out var refusal));
        Assert.Equal(ResourceFault.Amount, refusal.Fault);
        Assert.True(ResourceSet.TryParse("cpus:999999999999;cpus(a):1", out var set, out _));
        Assert.Equal(Scalar.Max, set.Cpus);
    }

    [Fact]
    public void More_items_than_the_bound_are_refused()
    {
        var text = string.Join(';', Enumerable.Range(0, ResourceText.ItemsMax + 1).Select(at => $"n{at}:1"));
        Assert.False(ResourceSet.TryParse(text, out _, out var refusal));
        Assert.Equal(ResourceFault.Size, refusal.Fault);
    }

    [Fact]
    public void Many_names_in_any_order_cost_memory_in_proportion_to_their_number()
    {
        var few = Allocated(1_000);
        Assert.InRange(Allocated(8_000), 0, 16 * few);
    }

    private static long Allocated(int names)
    {
        var text = string.Join(';', Enumerable.Range(0, names / 2)
            .Select(at => $"n{(at * 7919) % names}:1;z:{{q{at}}}"));
        text = text[..Math.Min(text.Length, ResourceText.CharactersMax)];
        _ = ResourceSet.Parse("cpus:1");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(ResourceSet.Parse(text).IsEmpty);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
