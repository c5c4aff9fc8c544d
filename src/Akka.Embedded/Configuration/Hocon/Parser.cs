namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON: comments, dotted and quoted keys, <c>=</c>, <c>:</c> and braces, <c>+=</c>, lists, text of three
/// kinds, concatenation, substitutions within the text, includes through a callback. Keys given twice merge when both
/// are objects; otherwise the later one wins. Errors carry line and column. Nesting has a limit, so that no text can
/// exhaust the stack.
/// </summary>
public class Parser
{
    internal const int DepthLimit = 256;

    private readonly HoconCursor _cursor;
    private readonly HoconLexer _lexer;
    private readonly Func<string, HoconRoot>? _include;
    private readonly List<HoconSubstitution> _substitutions = [];

    private Parser(string text, Func<string, HoconRoot>? include)
    {
        _cursor = new HoconCursor(text);
        _lexer = new HoconLexer(_cursor);
        _include = include;
    }

    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(text, includeCallback).ParseText();
    }

    private HoconRoot ParseText()
    {
        var items = new HoconObject();
        _cursor.SkipBlanksLinesAndComments();
        if (_cursor.Current == '{')
        {
            ParseBraces(items, "", 1);
            _cursor.SkipBlanksLinesAndComments();
            if (!_cursor.AtEnd)
            {
                throw _cursor.Error($"{_cursor.Describe()} after the end of the outermost object.");
            }
        }
        else
        {
            ParseItems(items, "", 1);
            if (!_cursor.AtEnd)
            {
                throw _cursor.Error("'}' closes nothing.");
            }
        }

        var root = HoconValue.Of(items);
        new HoconResolver(root, _substitutions).Resolve();
        return new HoconRoot(root, _substitutions);
    }

    private void ParseBraces(HoconObject items, string path, int depth)
    {
        var start = _cursor.Position;
        _cursor.Take();
        ParseItems(items, path, depth);
        if (_cursor.AtEnd)
        {
            throw HoconCursor.Error(start, "'{' is never closed.");
        }

        _cursor.Take();
    }

    private void ParseItems(HoconObject items, string path, int depth)
    {
        CheckDepth(depth);
        while (true)
        {
            _cursor.SkipBlanksLinesAndComments();
            if (_cursor.AtEnd || _cursor.Current == '}')
            {
                return;
            }

            if (_cursor.Current == ',')
            {
                _cursor.Take();
            }
            else if (IsInclude())
            {
                ParseInclude(items);
            }
            else
            {
                ParseItem(items, path, depth);
            }
        }
    }

    private void ParseItem(HoconObject items, string path, int depth)
    {
        var start = _cursor.Position;
        var key = _lexer.TakeKey();
        CheckDepth(depth + key.Count);
        var owner = items;
        for (var i = 0; i < key.Count - 1; i++)
        {
            owner = HoconLayers.ObjectUnder(owner.GetOrCreateKey(key[i]));
            path = HoconPath.Join(path, key[i]);
        }

        path = HoconPath.Join(path, key[^1]);
        depth += key.Count;
        _cursor.SkipBlanksLinesAndComments();
        if (_cursor.Current == '{')
        {
            var value = owner.GetOrCreateKey(key[^1]);
            value.Position = start;
            ParseBraces(HoconLayers.ObjectUnder(value), path, depth);
        }
        else if (_cursor.Current is '=' or ':')
        {
            _cursor.Take();
            var before = owner.GetKey(key[^1]);
            HoconLayers.Assign(owner, key[^1], ParseValue(path, before, depth));
            ExpectEndOfItem();
        }
        else if (_cursor.At("+="))
        {
            _cursor.Skip(2);
            var before = owner.GetKey(key[^1]);
            owner.Items[key[^1]] = HoconLayers.Append(before, ParseValue(path, before, depth), start);
            ExpectEndOfItem();
        }
        else
        {
            throw _cursor.Error($"'=', ':' or '{{' was expected after the key '{path}', not {_cursor.Describe()}.");
        }
    }

    private HoconValue ParseValue(string path, HoconValue? before, int depth)
    {
        CheckDepth(depth);
        _cursor.SkipBlanksLinesAndComments();
        var value = new HoconValue { Position = _cursor.Position };
        var blanks = "";
        while (ParsePiece(path, before, depth) is { } piece)
        {
            if (blanks.Length > 0)
            {
                value.AppendValue(new HoconLiteral { Value = blanks });
            }

            value.AppendValue(piece);
            blanks = _cursor.TakeBlanks();
        }

        return value.Values.Count > 0
            ? value
            : throw _cursor.Error($"'{path}' has no value: {_cursor.Describe()} stands where it should be.");
    }

    private IHoconElement? ParsePiece(string path, HoconValue? before, int depth)
    {
        switch (_cursor.Current)
        {
            case '{':
                var items = new HoconObject();
                ParseBraces(items, path, depth + 1);
                return items;
            case '[':
                return ParseList(path, depth + 1);
            case '"':
                return new HoconLiteral { Value = _lexer.TakeQuoted(), Quoted = true };
            case '$' when _cursor.At("${"):
                return ParseSubstitution(path, before);
            default:
                return _lexer.IsUnquotedText ? new HoconLiteral { Value = _lexer.TakeUnquotedText() } : null;
        }
    }

    private HoconArray ParseList(string path, int depth)
    {
        CheckDepth(depth);
        var start = _cursor.Position;
        _cursor.Take();
        var list = new HoconArray();
        while (true)
        {
            _cursor.SkipBlanksLinesAndComments();
            if (_cursor.AtEnd)
            {
                throw HoconCursor.Error(start, "'[' is never closed.");
            }

            if (_cursor.Current == ']')
            {
                _cursor.Take();
                return list;
            }

            list.Add(ParseValue(path, null, depth));
            _cursor.TakeBlanks();
            if (_cursor.Current == ',')
            {
                _cursor.Take();
            }
            else if (_cursor.Current is not (']' or '\n') && !_cursor.IsComment && !_cursor.AtEnd)
            {
                throw _cursor.Error($"',', ']' or a new line was expected in the list, not {_cursor.Describe()}.");
            }
        }
    }

    private HoconSubstitution ParseSubstitution(string path, HoconValue? before)
    {
        var substitution = _lexer.TakeSubstitution();
        if (substitution.Path == path && before is not null)
        {
            // A key that refers to itself means the value it had before this line.
            substitution.ResolvedValue = HoconLayers.Snapshot(before);
            substitution.Looked = true;
        }

        _substitutions.Add(substitution);
        return substitution;
    }

    private void ExpectEndOfItem()
    {
        _cursor.TakeBlanks();
        if (!_cursor.AtEnd && _cursor.Current is not ('\n' or ',' or '}') && !_cursor.IsComment)
        {
            throw _cursor.Error($"A new line, ',' or '}}' was expected after the value, not {_cursor.Describe()}. "
                                + "Text with special characters belongs in double quotes.");
        }
    }

    private bool IsInclude()
    {
        if (!_cursor.At("include"))
        {
            return false;
        }

        var rest = _cursor.RestOfLine("include".Length).TrimStart(" \t");
        return rest.Length > 0 && rest[0] == '"';
    }

    private void ParseInclude(HoconObject items)
    {
        var start = _cursor.Position;
        _cursor.Skip("include".Length);
        _cursor.TakeBlanks();
        var name = _lexer.TakeQuoted();
        var included = _include?.Invoke(name)
                       ?? throw HoconCursor.Error(start, $"include \"{name}\": includes are not available here.");
        foreach (var (key, value) in included.Value.GetObject()?.Items ?? [])
        {
            HoconLayers.Assign(items, key, value);
        }
    }

    private void CheckDepth(int depth)
    {
        if (depth > DepthLimit)
        {
            throw _cursor.Error($"Nested more than {DepthLimit} levels deep.");
        }
    }
}
