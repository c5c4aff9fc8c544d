namespace ClusterScheduler.Core.Jobs.Findings;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class NearestWord
{
    private const int LengthMax = 64;

    /// <summary>The known word with the fewest typing errors against <paramref name="written"/>, the first by ordinal
    /// order among equals; null when none is near (more than a third of the letters differ).</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        if (written.Length > LengthMax)
        {
            return null;
        }

        string? best = null;
        var least = int.MaxValue;
        foreach (var word in known.Where(word => word.Length <= LengthMax).Order(StringComparer.Ordinal))
        {
            var distance = Distance(written.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance < least && distance <= Math.Max(1, word.Length / 3))
            {
                (best, least) = (word, distance);
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
