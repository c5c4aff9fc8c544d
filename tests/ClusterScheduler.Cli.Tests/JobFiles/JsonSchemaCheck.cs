using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Validates by those keywords of JSON schema, draft 2020-12, that our schema uses; any other keyword fails,
/// so that nothing is taken for checked that is not.</summary>
internal static class JsonSchemaCheck
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "default"];

    public static bool IsValid(JsonElement value, JsonElement schema) =>
        schema.EnumerateObject().All(keyword => Annotations.Contains(keyword.Name) || Holds(value, keyword, schema));

    private static bool Holds(JsonElement value, JsonProperty keyword, JsonElement schema)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "type" => rule.ValueKind == JsonValueKind.Array
                ? rule.EnumerateArray().Any(type => IsOfType(value, type.GetString()!))
                : IsOfType(value, rule.GetString()!),
            "enum" => rule.EnumerateArray().Any(one => value.ValueKind == JsonValueKind.String
                && one.GetString() == value.GetString()),
            "not" => !IsValid(value, rule),
            "const" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() == rule.GetDecimal(),
            "anyOf" => rule.EnumerateArray().Any(one => IsValid(value, one)),
            "oneOf" => rule.EnumerateArray().Count(one => IsValid(value, one)) == 1,
            "pattern" => !IsText(value) || Regex.IsMatch(value.GetString()!, rule.GetString()!),
            "minLength" => !IsText(value) || value.GetString()!.Length >= rule.GetInt32(),
            "maxLength" => !IsText(value) || value.GetString()!.Length <= rule.GetInt32(),
            "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
            "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
            "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
            "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
            "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(one => IsValid(one, rule)),
            "maxProperties" => Members(value).Count <= rule.GetInt32(),
            "required" => value.ValueKind != JsonValueKind.Object
                || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "propertyNames" => Members(value).TrueForAll(member => IsValid(Text(member.Name), rule)),
            "properties" => Members(value).TrueForAll(member =>
                !rule.TryGetProperty(member.Name, out var known) || IsValid(member.Value, known)),
            "additionalProperties" => Members(value)
                .Where(member => !schema.TryGetProperty("properties", out var known)
                    || !known.TryGetProperty(member.Name, out _))
                .All(member => rule.ValueKind == JsonValueKind.Object && IsValid(member.Value, rule)),
            _ => throw new NotSupportedException($"the schema uses {keyword.Name}, which this test does not check"),
        };
    }

    private static List<JsonProperty> Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject()] : [];

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number
            && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException($"the schema uses the type {type}, which this test does not check"),
    };
}
