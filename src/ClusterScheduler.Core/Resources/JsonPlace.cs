using System.Text.Json;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// An object within the JSON of a resource, and where it is. A member that is null is none, as in Mesos; the first one
/// that cannot be is noted, so that it is refused and never passed over.
/// </summary>
internal readonly record struct JsonPlace(JsonElement? Element, string Path, JsonPlace.Fault First)
{
    public bool IsThere => Element is not null;

    public JsonPlace Object(string name) => new(Member(name, JsonValueKind.Object, "an object"), At(name), First);

    public string? Text(string name) => Member(name, JsonValueKind.String, "a text")?.GetString();

    /// <summary>The objects of a list; none when there is no list.</summary>
    public List<JsonPlace> Objects(string name)
    {
        var places = new List<JsonPlace>();
        if (Member(name, JsonValueKind.Array, "a list") is not { } list)
        {
            return places;
        }

        foreach (var element in list.EnumerateArray())
        {
            var at = FormattableString.Invariant($"{name}[{places.Count}]");
            var isObject = element.ValueKind == JsonValueKind.Object;
            if (!isObject)
            {
                Note(at, "an object");
            }

            places.Add(new JsonPlace(isObject ? element : null, At(at), First));
        }

        return places;
    }

    /// <summary>Notes a member that must not be there, if it is.</summary>
    public void Refuse(string name, string why)
    {
        if (Element is { } element && element.TryGetProperty(name, out var member)
            && member.ValueKind != JsonValueKind.Null)
        {
            Note(name, $"absent: {why}");
        }
    }

    /// <summary>Notes a member that cannot be as it is.</summary>
    public void Note(string name, string right) => First.Note(At(name), right);

    private string At(string name) => string.IsNullOrEmpty(Path) ? name : $"{Path}.{name}";

    private JsonElement? Member(string name, JsonValueKind kind, string right)
    {
        if (Element is not { } element || !element.TryGetProperty(name, out var member)
            || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (member.ValueKind == kind)
        {
            return member;
        }

        Note(name, right);
        return null;
    }

    /// <summary>The first member that cannot be, and what would be right.</summary>
    internal sealed class Fault
    {
        public string? Path { get; private set; }

        public string Right { get; private set; } = "";

        public void Note(string path, string right) => (Path, Right) = Path is null ? (path, right) : (Path, Right);
    }
}
