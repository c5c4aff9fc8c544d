using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

/// <summary>
/// Sums, differences and comparisons of random sets against a model that knows nothing but names: an amount, or a set
/// of numbers or texts, for each.
/// </summary>
public sealed class ResourceArithmeticTests
{
    private static readonly string[] Scalars =
        ["cpus", "mem", "disk", "gpus", "licence", "cpus(a)", "cpus(a,+a/x)", "mem{REV}", "licence(+b@p{k=1})"];

    private static readonly string[] Collections = ["ports", "ports(a)", "zones", "zones(b)"];

    [Fact]
    public void Operations_agree_with_a_model_on_random_sets()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var (one, other, third) = (new Model(random), new Model(random), new Model(random));
            var (a, b, c) = (one.Set, other.Set, third.Set);
            var text = $"seed {seed}: {a} and {b}";
            Same(one.Combine(other, isSum: true), a + b, text);
            Same(one.Combine(other, isSum: false), a.Intersect(b), text);
            Assert.True(a + b == b + a, text);
            Assert.True(a + (b + c) == a + b + c, text);
            Assert.True((a + b).Contains(a) && a.Contains(a.Intersect(b)), text);
            Assert.True(a.Contains(b) == one.Contains(other), text);
            Assert.True(a.TrySubtract(b, out var rest) == one.Contains(other), text);
            Same(one.Without(other), a.SubtractWhatIsThere(b), text);
            Assert.True(rest == (one.Contains(other) ? a.SubtractWhatIsThere(b) : a), text);
            Assert.Equal(a, ResourceSet.Parse(a.ToString()));
            Assert.Equal(a, ResourceSet.Of(a.Items.Reverse()));
        }
    }

    private static void Same(Model expected, ResourceSet actual, string text) =>
        Assert.True(expected.Set == actual, $"{text}: expected {expected.Set}, is {actual}");

    private sealed class Model
    {
        private readonly SortedDictionary<string, long> amounts = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, SortedSet<int>> members = new(StringComparer.Ordinal);

        private Model()
        {
        }

        public Model(Random random)
        {
            foreach (var name in Scalars.Where(_ => random.Next(2) == 0))
            {
                amounts[name] = random.Next(1, 6) * (name == "gpus" ? 1000 : 500);
            }

            foreach (var name in Collections.Where(_ => random.Next(2) == 0))
            {
                members[name] = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(12))];
            }
        }

        public ResourceSet Set => ResourceSet.Parse(string.Join(';', amounts.Where(a => a.Value > 0)
            .Select(a => $"{a.Key}:{new Scalar(a.Value)}")
            .Concat(members.Where(m => m.Value.Count > 0).Select(m => m.Key[0] == 'p'
                ? $"{m.Key}:[{string.Join(',', m.Value.Select(number => $"{number}-{number}"))}]"
                : $"{m.Key}:{{{string.Join(',', m.Value.Select(number => $"z{number}"))}}}"))));

        public Model Combine(Model other, bool isSum)
        {
            var all = new Model();
            foreach (var name in Scalars)
            {
                var (mine, theirs) = (amounts.GetValueOrDefault(name), other.amounts.GetValueOrDefault(name));
                all.amounts[name] = isSum ? mine + theirs : Math.Min(mine, theirs);
            }

            foreach (var name in Collections)
            {
                var (mine, theirs) = (Of(name), other.Of(name));
                all.members[name] = [.. isSum ? mine.Union(theirs) : mine.Intersect(theirs)];
            }

            return all;
        }

        public Model Without(Model other)
        {
            var rest = new Model();
            foreach (var name in Scalars)
            {
                rest.amounts[name] = Math.Max(
                    0, amounts.GetValueOrDefault(name) - other.amounts.GetValueOrDefault(name));
            }

            foreach (var name in Collections)
            {
                rest.members[name] = [.. Of(name).Except(other.Of(name))];
            }

            return rest;
        }

        public bool Contains(Model other) =>
            Scalars.All(name => amounts.GetValueOrDefault(name) >= other.amounts.GetValueOrDefault(name))
            && Collections.All(name => Of(name).IsSupersetOf(other.Of(name)));

        private SortedSet<int> Of(string name) => members.GetValueOrDefault(name) ?? [];
    }
}
