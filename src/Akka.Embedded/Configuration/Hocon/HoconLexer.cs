using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Reads one key part or one piece of a value at the cursor.</summary>
internal sealed class HoconLexer(HoconCursor cursor)
{
    private const string NeverUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    public bool IsUnquotedText =>
        !cursor.AtEnd && !char.IsWhiteSpace(cursor.Current) && !cursor.IsComment
        && !NeverUnquoted.Contains(cursor.Current, StringComparison.Ordinal);

    /// <summary>The parts of a dotted key.</summary>
    public List<string> TakeKey()
    {
        var parts = new List<string>(2);
        while (true)
        {
            cursor.TakeBlanks();
            parts.Add(cursor.Current == '"' ? TakeQuoted() : TakeUnquotedKey());
            cursor.TakeBlanks();
            if (cursor.Current != '.')
            {
                return parts;
            }

            cursor.Take();
        }
    }

    public string TakeUnquotedText()
    {
        var text = new StringBuilder();
        while (IsUnquotedText)
        {
            text.Append(cursor.Take());
        }

        if (cursor.Current is '=' or ':')
        {
            throw cursor.Error($"'{cursor.Current}' inside unquoted text '{text}'. Put text that contains it "
                               + "(an address, for one) in double quotes, and an object in braces.");
        }

        return text.ToString();
    }

    /// <summary>Text in one or in three pairs of quotes.</summary>
    public string TakeQuoted() => cursor.At("\"\"\"") ? TakeTripleQuoted() : TakeSingleQuoted();

    public HoconSubstitution TakeSubstitution()
    {
        var start = cursor.Position;
        cursor.Skip(2);
        var optional = cursor.Current == '?';
        if (optional)
        {
            cursor.Take();
        }

        var path = new StringBuilder();
        while (!cursor.AtEnd && cursor.Current is not ('}' or '\n' or '{' or '$'))
        {
            path.Append(cursor.Take());
        }

        if (cursor.Current != '}')
        {
            throw HoconCursor.Error(start, "'${' is not closed by '}' on its line.");
        }

        cursor.Take();
        var name = path.ToString().Trim();
        return name.Length == 0
            ? throw HoconCursor.Error(start, "'${}' names no path.")
            : new HoconSubstitution(name) { Optional = optional, Position = start };
    }

    private string TakeUnquotedKey()
    {
        var text = new StringBuilder();
        while ((IsUnquotedText || cursor.Current is ' ' or '\t') && cursor.Current != '.' && !cursor.At("+="))
        {
            text.Append(cursor.Take());
        }

        var key = text.ToString().Trim();
        return key.Length > 0 ? key : throw cursor.Error($"A key was expected, not {cursor.Describe()}.");
    }

    private string TakeTripleQuoted()
    {
        var start = cursor.Position;
        cursor.Skip(3);
        var text = new StringBuilder();
        while (!cursor.At("\"\"\""))
        {
            text.Append(cursor.AtEnd
                ? throw HoconCursor.Error(start, "Text in triple quotes is never closed.")
                : cursor.Take());
        }

        cursor.Skip(3);
        return text.ToString();
    }

    private string TakeSingleQuoted()
    {
        var start = cursor.Position;
        cursor.Take();
        var text = new StringBuilder();
        while (cursor.Current != '"')
        {
            if (cursor.AtEnd)
            {
                throw HoconCursor.Error(start, "Text in quotes is never closed.");
            }

            text.Append(cursor.Current == '\\' ? TakeEscape() : cursor.Take());
        }

        cursor.Take();
        return text.ToString();
    }

    private char TakeEscape()
    {
        var start = cursor.Position;
        cursor.Take();
        var escaped = cursor.AtEnd ? '\0' : cursor.Take();
        return escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => TakeUnicode(start),
            _ => throw HoconCursor.Error(start, @"Unknown escape. Known are \"" \\ \/ \b \f \n \r \t \uXXXX; "
                                                + "text in triple quotes has none."),
        };
    }

    private char TakeUnicode(HoconPosition start)
    {
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < digits.Length; i++)
        {
            digits[i] = cursor.AtEnd ? '\0' : cursor.Take();
        }

        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : throw HoconCursor.Error(start, @"'\u' needs four hexadecimal digits.");
    }
}
