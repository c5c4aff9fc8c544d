namespace Akka.Configuration.Hocon;

/// <summary>A position in the text that knows its line and column.</summary>
internal sealed class HoconCursor(string text)
{
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    public bool AtEnd => _offset >= text.Length;

    /// <summary>The letter here; <c>\0</c> at the end of the text.</summary>
    public char Current => AtEnd ? '\0' : text[_offset];

    public HoconPosition Position => new(_line, _offset - _lineStart + 1);

    public bool IsComment => Current == '#' || At("//");

    public bool At(string expected) => string.CompareOrdinal(text, _offset, expected, 0, expected.Length) == 0;

    public char Take()
    {
        var letter = text[_offset++];
        if (letter == '\n')
        {
            _line++;
            _lineStart = _offset;
        }

        return letter;
    }

    public void Skip(int count)
    {
        for (; count > 0; count--)
        {
            Take();
        }
    }

    /// <summary>Takes spaces and tabs, not line ends.</summary>
    public string TakeBlanks()
    {
        var start = _offset;
        while (!AtEnd && Current != '\n' && char.IsWhiteSpace(Current))
        {
            Take();
        }

        return start == _offset ? "" : text[start.._offset];
    }

    public void SkipBlanksLinesAndComments()
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Current) || Current == '\uFEFF')
            {
                Take();
            }
            else if (IsComment)
            {
                while (!AtEnd && Current != '\n')
                {
                    Take();
                }
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>The text from <paramref name="ahead"/> letters after the cursor to the end of the line.</summary>
    public ReadOnlySpan<char> RestOfLine(int ahead)
    {
        var rest = text.AsSpan(Math.Min(_offset + ahead, text.Length));
        var end = rest.IndexOf('\n');
        return end < 0 ? rest : rest[..end];
    }

    public ConfigurationException Error(string message) => Error(Position, message);

    public static ConfigurationException Error(HoconPosition position, string message) =>
        new($"{position}: {message}");

    /// <summary>What stands here, for a message.</summary>
    public string Describe() => Current switch
    {
        _ when AtEnd => "the end of the text",
        '\n' => "the end of the line",
        var letter => $"'{letter}'",
    };
}
