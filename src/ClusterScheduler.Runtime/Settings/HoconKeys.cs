using System.Text;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>
/// Finds the keys of a HOCON text with their positions, which the parser does not keep. Values are only stepped over:
/// what they mean is the parser's business.
/// </summary>
internal sealed class HoconKeys
{
    private const int DepthMax = 32;

    private readonly string _source;
    private readonly HoconText _text;
    private readonly Action<string, SettingPosition> _key;
    private readonly Action<string, string, SettingPosition> _include;

    private HoconKeys(
        string source, string text,
        Action<string, SettingPosition> key, Action<string, string, SettingPosition> include)
    {
        _source = source;
        _text = new HoconText(text);
        _key = key;
        _include = include;
    }

    /// <param name="source">What to call the text in messages.</param>
    /// <param name="text">The HOCON.</param>
    /// <param name="prefix">The path at which the text stands; empty at the top.</param>
    /// <param name="key">Told the path and position of each key whose value is no object.</param>
    /// <param name="include">Told the path, the name and the position of each included file.</param>
    public static void Scan(
        string source, string text, string prefix,
        Action<string, SettingPosition> key, Action<string, string, SettingPosition> include)
    {
        var keys = new HoconKeys(source, text, key, include);
        keys._text.SkipBlank();
        var braces = keys._text.TryTake('{');
        keys.Members(prefix, closing: braces, depth: 0);
        keys._text.SkipBlank();
        if (!keys._text.AtEnd)
        {
            throw keys.Wrong("a '}' closes nothing here");
        }
    }

    private void Members(string prefix, bool closing, int depth)
    {
        if (depth > DepthMax)
        {
            throw Wrong($"objects are nested deeper than {DepthMax}");
        }

        var opened = Here();
        while (true)
        {
            _text.SkipBlank();
            if (_text.AtEnd)
            {
                if (closing)
                {
                    throw new SettingsException(opened, "the '{' before this place is never closed with a '}'");
                }

                return;
            }

            if (_text.Current == '}')
            {
                if (closing)
                {
                    _text.Take();
                }

                return;
            }

            Member(prefix, depth);
        }
    }

    private void Member(string prefix, int depth)
    {
        var at = Here();
        var path = Path(out var firstWord);
        if (firstWord == "include" && path.Length == 0)
        {
            _include(prefix, IncludedName(), at);
            return;
        }

        if (path.Length == 0)
        {
            throw Wrong($"a key is expected here, not '{_text.Current}'");
        }

        var full = prefix.Length == 0 ? path : $"{prefix}.{path}";
        if (_text.TryTake('{'))
        {
            Members(full, closing: true, depth + 1);
            return;
        }

        if (!_text.TryTake('=') && !_text.TryTake(':') && !_text.TryTake("+="))
        {
            throw new SettingsException(at, $"the key '{path}' has no value: write {path} = VALUE");
        }

        _text.SkipInLine();
        if (_text.TryTake('{'))
        {
            Members(full, closing: true, depth + 1);
        }
        else
        {
            _key(full, at);
        }

        Value();
    }

    /// <summary>A dotted path; quotes are taken off.</summary>
    private string Path(out string firstWord)
    {
        var path = new StringBuilder();
        firstWord = "";
        while (!_text.AtEnd && _text.Current is not ('{' or '}' or '=' or ':' or '+' or '\n' or '#' or '[' or ']'))
        {
            if (_text.Current == '"')
            {
                if (firstWord == "include")
                {
                    return "";
                }

                path.Append(Quoted());
            }
            else if (_text.Current is ' ' or '\t' or '\r')
            {
                _text.SkipInLine();
                firstWord = firstWord.Length == 0 ? path.ToString() : firstWord;
                if (firstWord == "include" && _text.StartsWithAny("file(", "required("))
                {
                    return "";
                }

                path.Append(' ');
            }
            else
            {
                path.Append(_text.Take());
            }
        }

        return path.ToString().TrimEnd();
    }

    /// <summary>"name", file("name") or required("name"); a file that is missing is an error in each form.</summary>
    private string IncludedName()
    {
        var parentheses = 0;
        while (_text.TryTake("required(") || _text.TryTake("file("))
        {
            parentheses++;
        }

        if (_text.Current != '"')
        {
            throw Wrong("include takes a file name in quotes: include \"more.conf\"");
        }

        var name = Quoted();
        while (parentheses-- > 0)
        {
            if (!_text.TryTake(')'))
            {
                throw Wrong("a ')' is missing after the file name of an include");
            }
        }

        return name;
    }

    /// <summary>Steps over a value: to the end of the line, a comma or the end of the object.</summary>
    private void Value()
    {
        var nested = 0;
        while (!_text.AtEnd)
        {
            switch (_text.Current)
            {
                case '"':
                    Quoted();
                    continue;
                case '#':
                case '/' when _text.Next == '/':
                    _text.SkipLine();
                    continue;
                case '[' or '{':
                    nested++;
                    break;
                case ']' or '}' when nested > 0:
                    nested--;
                    break;
                case ']':
                    throw Wrong("a ']' closes nothing here");
                case '}' or '\n' or ',' when nested == 0:
                    return;
            }

            _text.Take();
        }

        if (nested > 0)
        {
            throw Wrong("the text ends inside a list or an object: a ']' or '}' is missing");
        }
    }

    private string Quoted()
    {
        var at = Here();
        return _text.Quoted() ?? throw new SettingsException(at, "this text in quotes has no closing quote");
    }

    private SettingPosition Here() => new(_source, _text.Line, _text.Column);

    private SettingsException Wrong(string message) => new(Here(), message);
}
