using System.Text;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>A HOCON text with a place in it.</summary>
internal sealed class HoconText(string text)
{
    private int _at;
    private int _lineStart;

    public int Line { get; private set; } = 1;

    public int Column => _at - _lineStart + 1;

    public bool AtEnd => _at >= text.Length;

    public char Current => AtEnd ? '\0' : text[_at];

    public char Next => _at + 1 < text.Length ? text[_at + 1] : '\0';

    public char Take()
    {
        var taken = text[_at++];
        if (taken == '\n')
        {
            Line++;
            _lineStart = _at;
        }

        return taken;
    }

    public bool TryTake(char expected) => Current == expected && !AtEnd && Take() == expected;

    public bool TryTake(string expected)
    {
        if (!StartsWithAny(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    public bool StartsWithAny(params ReadOnlySpan<string> expected)
    {
        foreach (var word in expected)
        {
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Spaces, but not the end of the line.</summary>
    public void SkipInLine()
    {
        while (Current is ' ' or '\t' or '\r' or '\uFEFF')
        {
            _at++;
        }
    }

    public void SkipLine()
    {
        while (!AtEnd && Current != '\n')
        {
            _at++;
        }
    }

    /// <summary>Spaces, ends of lines, commas and comments.</summary>
    public void SkipBlank()
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\r' or '\n' or ',' or '\uFEFF')
            {
                Take();
            }
            else if (Current == '#' || (Current == '/' && Next == '/'))
            {
                SkipLine();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Text in one or three quotes, without them; null when it does not end.</summary>
    public string? Quoted()
    {
        if (TryTake("\"\"\""))
        {
            return UntilThreeQuotes();
        }

        Take();
        var found = new StringBuilder();
        while (!AtEnd && Current != '\n')
        {
            var taken = Take();
            if (taken == '"')
            {
                return found.ToString();
            }

            found.Append(taken == '\\' && !AtEnd ? Take() : taken);
        }

        return null;
    }

    private string? UntilThreeQuotes()
    {
        var start = _at;
        while (!AtEnd)
        {
            if (TryTake("\"\"\""))
            {
                return text[start..(_at - 3)];
            }

            Take();
        }

        return null;
    }
}
