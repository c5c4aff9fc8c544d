namespace ClusterScheduler.Core.Resources;

/// <summary>Reads the details of a disk resource, such as <c>source=MOUNT,root=/mnt/d1,id=v1,path=data</c>.</summary>
internal static class DiskReader
{
    public static bool TryRead(string? details, out DiskInfo? disk)
    {
        disk = null;
        if (details is null)
        {
            return true;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var detail in details.Split(','))
        {
            var pair = detail.Split('=', 2, StringSplitOptions.TrimEntries);
            if (pair.Length != 2 || !IsKnown(pair[0]) || !values.TryAdd(pair[0], ResourceText.Unescape(pair[1])))
            {
                return false;
            }
        }

        return TryReadSource(values, out var source)
            && TryReadVolume(values, out var volume)
            && (disk = new DiskInfo(source, volume)) is not { Source: null, Volume: null };
    }

    private static bool IsKnown(string name) =>
        name is "source" or "root" or "source_id" or "profile" or "vendor" or "id" or "by" or "path";

    private static bool TryReadSource(Dictionary<string, string> values, out DiskSource? source)
    {
        source = null;
        if (!values.TryGetValue("source", out var text))
        {
            return true;
        }

        var isKind = Enum.TryParse<DiskSourceKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind);
        source = new DiskSource(
            kind,
            values.GetValueOrDefault("root"),
            values.GetValueOrDefault("source_id"),
            values.GetValueOrDefault("profile"),
            values.GetValueOrDefault("vendor"));
        return isKind;
    }

    private static bool TryReadVolume(Dictionary<string, string> values, out DiskVolume? volume)
    {
        volume = null;
        var hasId = values.TryGetValue("id", out var id);
        var hasPath = values.TryGetValue("path", out var path);
        if (hasId && hasPath)
        {
            volume = new DiskVolume(id!, values.GetValueOrDefault("by"), path!);
        }

        return hasId == hasPath && id?.Length != 0;
    }
}
