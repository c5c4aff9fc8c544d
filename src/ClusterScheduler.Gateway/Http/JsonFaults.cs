using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace ClusterScheduler.Gateway.Http;

/// <summary>Says in words where a JSON text is not of the form that is read, and what would be right there.</summary>
public static partial class JsonFaults
{
    // .name, ['any name'] or [3]
    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[(?<name>\d+)\]")]
    private static partial Regex Parts();

    /// <summary>The place of the fault, and what is expected there.</summary>
    /// <param name="wrong">As the reader threw it.</param>
    /// <param name="type">What was read.</param>
    public static string Explain(JsonException wrong, JsonTypeInfo type)
    {
        ArgumentNullException.ThrowIfNull(wrong);
        var line = string.Create(CultureInfo.InvariantCulture, $"line {wrong.LineNumber + 1 ?? 1}");
        if (wrong.InnerException is JsonException)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{line}, from byte {wrong.BytePositionInLine + 1 ?? 1} on it is no JSON");
        }

        var path = wrong.Path ?? "$";
        var (found, unknown) = Walk(type, path);
        return $"{line}, {path}: " + (found is null ? "nothing of this name is expected here"
            : unknown is not null ? $"there is no '{unknown}' here; there may be {Members(found)}"
            : wrong.Message.StartsWith("Duplicate", StringComparison.Ordinal) ? "a name is given twice"
            : $"expected {Form(found)}");
    }

    /// <summary>What the path leads to; where its last part is no member of that, which one.</summary>
    private static (JsonTypeInfo? Found, string? Unknown) Walk(JsonTypeInfo type, string path)
    {
        string[] parts = [.. Parts().Matches(path).Select(static part => part.Groups["name"].Value)];
        for (var at = 0; at < parts.Length; at++)
        {
            var next = type.ElementType
                ?? type.Properties.FirstOrDefault(member => member.Name == parts[at])?.PropertyType;
            if (next is null)
            {
                return type.Kind == JsonTypeInfoKind.Object && at == parts.Length - 1
                    ? (type, parts[at])
                    : (null, null);
            }

            type = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(next) ?? next);
        }

        return (type, null);
    }

    private static string Form(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => $"an object with {Members(type)}",
        JsonTypeInfoKind.Enumerable => "a list",
        JsonTypeInfoKind.Dictionary => "an object of names and numbers, such as {\"cpus\":4}",
        _ when type.Type == typeof(string) => "a text",
        _ when type.Type == typeof(bool) => "true or false",
        _ when type.Type == typeof(DateTimeOffset) => "a time such as \"2027-01-31T02:00:00Z\"",
        _ => "a number",
    };

    private static string Members(JsonTypeInfo type) => string.Join(", ",
        type.Properties.Select(static member => member.IsRequired ? $"{member.Name} (needed)" : member.Name));
}
