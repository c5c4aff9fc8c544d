namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Random orders from the definitions: one after the other, of those that are left, by weight.</summary>
internal sealed partial class NaiveAllocator
{
    private static List<T> AtRandom<T>(IEnumerable<(T Item, double Weight)> units, ulong state)
    {
        var left = units.ToList();
        var heaviest = left.Select(unit => unit.Weight).DefaultIfEmpty(1).Max();
        var order = new List<T>();
        while (left.Count > 0)
        {
            state += 0x9E3779B97F4A7C15;
            var point = (Mixed(state) >> 11) / Math.Pow(2, 53) * left.Sum(unit => unit.Weight / heaviest);
            var at = 0;
            while (at < left.Count - 1 && point >= left[at].Weight / heaviest)
            {
                point -= left[at++].Weight / heaviest;
            }

            order.Add(left[at].Item);
            left.RemoveAt(at);
        }

        return order;
    }

    private ulong SeedOf(string agent, string siblings) =>
        Mixed(Mixed(Mixed(settings.Seed ^ Mixed(rounds)) ^ Hash(agent)) ^ Hash(siblings));

    private static ulong Hash(string text) => text.Aggregate(
        0xCBF29CE484222325UL, (hash, character) => (hash ^ character) * 0x100000001B3UL);

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
