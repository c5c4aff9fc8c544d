using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

public sealed class RangeSetTests
{
    [Fact]
    public void Every_operation_agrees_with_a_plain_set_of_numbers()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var (left, leftNumbers) = Draw(random);
            var (right, rightNumbers) = Draw(random);
            Assert.Equal(leftNumbers.Union(rightNumbers).Order(), left.Union(right).Numbers());
            Assert.Equal(leftNumbers.Except(rightNumbers).Order(), left.Subtract(right).Numbers());
            Assert.Equal(leftNumbers.Intersect(rightNumbers).Order(), left.Intersect(right).Numbers());
            Assert.Equal(rightNumbers.IsSubsetOf(leftNumbers), left.Contains(right));
            Assert.Equal(leftNumbers.Count, left.Count);
            Assert.Equal(leftNumbers.Order().Take(3), left.TakeFirst(3).Numbers());
            Assert.All(Enumerable.Range(0, 32), n => Assert.Equal(leftNumbers.Contains(n), left.Contains(n)));
        }
    }

    [Fact]
    public void Neighbours_become_one_range() =>
        Assert.Equal("[1-4]", RangeSet.Of(3, 4).Union(RangeSet.Of(1, 2)).ToString());

    private static (RangeSet Set, HashSet<long> Numbers) Draw(Random random)
    {
        var ranges = new List<ValueRange>();
        for (var count = random.Next(4); count > 0; count--)
        {
            var begin = random.Next(30);
            ranges.Add(new ValueRange(begin, Math.Min(31, begin + random.Next(6))));
        }

        Assert.True(RangeSet.TryCreate(ranges, out var set));
        return (set, [.. ranges.SelectMany(r => Enumerable.Range((int)r.Begin, (int)r.Count).Select(n => (long)n))]);
    }
}
