using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Compares a map with the keys that the format has in its place.</summary>
internal sealed class KeyedChecker(FormatChecker checker)
{
    public void Check(FileNode.Map map, FormatType.Keyed type, string path)
    {
        // A key that was meant and misspelt is not missing as well.
        var meant = new List<string>();
        foreach (var entry in map.Entries)
        {
            var inside = FormatChecker.Inside(path, entry.Key);
            if (type.Keys.FirstOrDefault(key => key.Name == entry.Key) is { } known)
            {
                checker.Check(entry.Value, known.Type, inside);
            }
            else
            {
                var name = Meant(entry.Key, type);
                meant.Add(name ?? "");
                checker.ReportKey(entry, JobFindingKind.UnknownKey, inside,
                    $"there is no key {FormatChecker.Shown(entry.Key)} in {type.Name}",
                    name is null ? $"one of: {string.Join(", ", type.Keys.Select(key => key.Name))}"
                        : $"did you mean {name}?");
            }
        }

        foreach (var key in type.Keys.Where(key =>
            key.Required && map[key.Name] is null && !meant.Contains(key.Name)))
        {
            checker.Report(map, JobFindingKind.MissingKey, path, $"{type.Name} needs the key '{key.Name}'",
                $"{key.Name}: {FormatShape.Describe(key.Type)}");
        }

        CheckExactlyOne(map, type, path, meant);
    }

    private void CheckExactlyOne(FileNode.Map map, FormatType.Keyed type, string path, List<string> meant)
    {
        var present = map.Entries.Where(entry => type.ExactlyOneOf.Contains(entry.Key)).ToList();
        if (present.Count == 0 && type.ExactlyOneOf.Length > 0 && !type.ExactlyOneOf.Any(meant.Contains))
        {
            var first = type.Keys.First(key => key.Name == type.ExactlyOneOf[0]);
            checker.Report(map, JobFindingKind.MissingKey, path,
                $"{type.Name} needs one of the keys {string.Join(", ", type.ExactlyOneOf)}",
                $"{first.Name}: {FormatShape.Describe(first.Type)}");
        }

        foreach (var second in present.Skip(1))
        {
            checker.ReportKey(second, JobFindingKind.ConflictingKeys, FormatChecker.Inside(path, second.Key),
                $"{type.Name} has both {present[0].Key} and {second.Key}", "only one of them");
        }
    }

    private static string? Meant(string written, FormatType.Keyed type) =>
        type.Keys.FirstOrDefault(key => key.Elsewhere.Contains(written, StringComparer.OrdinalIgnoreCase))?.Name
        ?? NearestWord.Find(written, type.Keys.Select(key => key.Name));
}
