using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Other names for all names of a history.</summary>
internal sealed class HistoryNames
{
    private readonly Dictionary<string, string> others;
    private readonly Dictionary<string, string> originals;

    private HistoryNames(Func<string[], string[]> rename)
    {
        var digits = Enumerable.Range(0, 10);
        string[] names = [.. digits.Select(at => $"a{at}"), .. digits.Select(at => $"f{at}"), "q", "r", "s", "t"];
        var renamed = rename(names);
        others = names.Zip(renamed).ToDictionary(pair => pair.First, pair => pair.Second);
        originals = names.Zip(renamed).ToDictionary(pair => pair.Second, pair => pair.First);
    }

    /// <summary>The names as they are.</summary>
    public static HistoryNames Same { get; } = new(names => names);

    /// <summary>Other names in the same order.</summary>
    public static HistoryNames InOrder(Random random) => new(names => [.. Draw(names.Length, random)]);

    /// <summary>Other names in another order; only those of agents stay in theirs.</summary>
    public static HistoryNames Mixed(Random random) => new(names =>
    {
        string[] drawn = [.. Draw(names.Length, random).OrderBy(_ => random.Next())];
        var agents = names.Count(name => name[0] == 'a');
        return [.. drawn.Take(agents).Order(StringComparer.Ordinal), .. drawn.Skip(agents)];
    });

    /// <summary>What an agent or a framework is called.</summary>
    public string Of(string name) => others[name];

    /// <summary>What a role is called: each part of its name has one of its own.</summary>
    public string OfRole(string role) => string.Join('/', role.Split('/').Select(Of));

    /// <summary>An offer with the original names.</summary>
    public string Original(OfferedResources offer)
    {
        var items = offer.Resources.Items.Select(item =>
            $"{item.Key.Name}({string.Join(',', item.Key.Reservations.Layers.Select(layer => Role(layer.Role.Value)))})"
            + $"{(item.Key.IsRevocable ? "{REV}" : "")}:{item.ValueText}");
        return $"{originals[offer.Agent.Value]} -> {originals[offer.Framework.Value]} {Role(offer.Role.Value)} "
            + string.Join(';', items.Order(StringComparer.Ordinal));
    }

    private string Role(string role) => string.Join('/', role.Split('/').Select(part => originals[part]));

    // Long and short, also such that begin with one another.
    private static SortedSet<string> Draw(int count, Random random)
    {
        var drawn = new SortedSet<string>(StringComparer.Ordinal);
        while (drawn.Count < count)
        {
            var letters = Enumerable.Range(0, 1 + random.Next(4)).Select(at => "abz-"[random.Next(at == 0 ? 3 : 4)]);
            drawn.Add(string.Concat(letters));
        }

        return drawn;
    }
}
