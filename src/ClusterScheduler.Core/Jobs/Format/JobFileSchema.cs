using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Writes the format as a JSON schema, draft 2020-12, for editors and other tools.</summary>
public static class JobFileSchema
{
    /// <summary>The schema of a whole file, indented, with a final newline.</summary>
    public static string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "ClusterScheduler job file");
            WriteType(json, JobFileFormat.File);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes the members of one type's schema into an object that is open.</summary>
    private static void WriteType(Utf8JsonWriter json, FormatType type)
    {
        switch (type)
        {
            case FormatType.Text text:
                WriteText(json, text);
                break;
            case FormatType.Whole whole:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", whole.Min);
                json.WriteNumber("maximum", whole.Max);
                if (whole.Except is { } except)
                {
                    WriteObject(json, "not", () => json.WriteNumber("const", except));
                }

                break;
            case FormatType.Fraction fraction:
                WriteNumber(json, fraction.MinMilli, fraction.MaxMilli);
                break;
            case FormatType.Size size:
                WriteAlternatives(json, [
                    () => WriteNumber(json, size.MinMilli, size.MaxMilli),
                    () => WriteText(json, new FormatType.Text(SizeText.Pattern, "", 1, 20))]);
                break;
            case FormatType.Duration:
                WriteText(json, new FormatType.Text(DurationText.Pattern, "", 2, 60));
                break;
            case FormatType.Truth:
                json.WriteString("type", "boolean");
                break;
            case FormatType.Choice choice:
                WriteTexts(json, "enum", choice.Words);
                break;
            case FormatType.Either either:
                WriteAlternatives(json, [.. either.Types.Select(one => (Action)(() => WriteType(json, one)))]);
                break;
            default:
                WriteCompound(json, type);
                break;
        }
    }

    private static void WriteCompound(Utf8JsonWriter json, FormatType type)
    {
        switch (type)
        {
            case FormatType.List list:
                json.WriteString("type", "array");
                json.WriteNumber("minItems", list.Min);
                json.WriteNumber("maxItems", list.Max);
                WriteObject(json, "items", () => WriteType(json, list.Item));
                break;
            case FormatType.Map map:
                json.WriteString("type", "object");
                json.WriteNumber("maxProperties", map.Max);
                WriteObject(json, "propertyNames", () => WriteText(json, map.Key));
                WriteObject(json, "additionalProperties", () => WriteType(json, map.Value));
                break;
            case FormatType.Keyed keyed:
                WriteKeyed(json, keyed);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "not a kind of type");
        }
    }

    private static void WriteKeyed(Utf8JsonWriter json, FormatType.Keyed keyed)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        WriteTexts(json, "required", keyed.Keys.Where(key => key.Required).Select(key => key.Name));
        if (!keyed.ExactlyOneOf.IsEmpty)
        {
            json.WriteStartArray("oneOf");
            foreach (var name in keyed.ExactlyOneOf)
            {
                json.WriteStartObject();
                WriteTexts(json, "required", [name]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("properties");
        foreach (var key in keyed.Keys)
        {
            json.WriteStartObject(key.Name);
            json.WriteString("description", key.About);
            WriteType(json, key.Type);
            WriteDefault(json, key);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter json, FormatKey key)
    {
        if (key.Default is { } text)
        {
            json.WritePropertyName("default");
            if (text is "[]" or "true" or "false"
                || decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            {
                json.WriteRawValue(text);
            }
            else
            {
                json.WriteStringValue(text);
            }
        }
    }

    private static void WriteText(Utf8JsonWriter json, FormatType.Text text)
    {
        if (text.AlsoPlain)
        {
            WriteTexts(json, "type", ["string", "number", "boolean"]);
        }
        else
        {
            json.WriteString("type", "string");
        }

        if (text.Pattern is { } pattern)
        {
            json.WriteString("pattern", pattern);
        }

        json.WriteNumber("minLength", text.LengthMin);
        json.WriteNumber("maxLength", text.LengthMax);
    }

    private static void WriteNumber(Utf8JsonWriter json, long minMilli, long maxMilli)
    {
        json.WriteString("type", "number");
        json.WriteNumber("minimum", minMilli / 1000m);
        json.WriteNumber("maximum", maxMilli / 1000m);
    }

    private static void WriteAlternatives(Utf8JsonWriter json, IEnumerable<Action> alternatives)
    {
        json.WriteStartArray("anyOf");
        foreach (var write in alternatives)
        {
            json.WriteStartObject();
            write();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
