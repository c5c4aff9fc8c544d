namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>How a rule fails: with every place at once.</summary>
internal static class Expect
{
    public static void None(IEnumerable<string> places)
    {
        var found = places.ToList();
        Assert.True(found.Count == 0, $"{found.Count} places break this rule:\n  {string.Join("\n  ", found)}");
    }

    /// <summary>What was found must be listed, and what is listed must still be found.</summary>
    public static void OnlyListed(Dictionary<string, string> found, Dictionary<string, string> listed) =>
        None(found.Where(pair => !listed.ContainsKey(pair.Key)).Select(pair => $"{pair.Key}: {pair.Value}")
            .Concat(listed.Keys.Where(key => !found.ContainsKey(key))
                .Select(key => $"{key} keeps the rule by now: take it off the list"))
            .Order(StringComparer.Ordinal));
}
