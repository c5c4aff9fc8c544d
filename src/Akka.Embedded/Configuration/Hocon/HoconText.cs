using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes values as HOCON that reads back as the same values.</summary>
internal static class HoconText
{
    public static string Of(HoconValue value, int indent)
    {
        var text = new StringBuilder();
        if (value.GetObject() is { } root && indent == 0)
        {
            Items(text, root, 0);
        }
        else
        {
            Value(text, value, indent);
        }

        return text.ToString();
    }

    public static string Of(HoconObject items, int indent)
    {
        var text = new StringBuilder();
        Items(text, items, indent);
        return text.ToString();
    }

    public static string Of(HoconArray list)
    {
        var text = new StringBuilder();
        List(text, list, 0);
        return text.ToString();
    }

    private static void Items(StringBuilder text, HoconObject items, int indent)
    {
        foreach (var (key, value) in items.Items)
        {
            text.Append(' ', indent * 2);
            Quoted(text, key, IsPlainKey(key));
            text.Append(" : ");
            Value(text, value, indent);
            text.Append('\n');
        }
    }

    private static void Value(StringBuilder text, HoconValue value, int indent)
    {
        if (value.GetObject() is { } items)
        {
            text.Append("{\n");
            Items(text, items, indent + 1);
            text.Append(' ', indent * 2).Append('}');
        }
        else if (value.IsArray())
        {
            List(text, value.GetArray(), indent);
        }
        else if (value.GetString() is { } plain)
        {
            Quoted(text, plain, plain != "null" && IsPlainText(plain));
        }
        else
        {
            text.Append("null");
        }
    }

    private static void List(StringBuilder text, IList<HoconValue> list, int indent)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Value(text, list[i], indent + 1);
        }

        text.Append(']');
    }

    private static bool IsPlainKey(string key) =>
        key.Length > 0 && key != "include" && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsPlainText(string text) =>
        text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static void Quoted(StringBuilder text, string raw, bool plain)
    {
        if (plain)
        {
            text.Append(raw);
            return;
        }

        text.Append('"');
        foreach (var letter in raw)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)letter).ToString("x4", null)),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}
