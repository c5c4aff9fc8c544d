using System.Text;
using System.Text.Json;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Protocol.Jobs;

/// <summary>Builds the tree of a job file from JSON, with the place of every node.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private int _line;
    private int _lineStart;
    private int _scanned;

    private JsonTree(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JobFileJson.DepthMax });
        _line = 1;
    }

    /// <exception cref="JsonException">The text is no JSON, or has a key twice.</exception>
    public static FileNode Read(ReadOnlySpan<byte> json)
    {
        var tree = new JsonTree(json);
        tree._reader.Read();
        var root = tree.ReadNode();
        tree._reader.Read();
        return root;
    }

    private FileNode ReadNode()
    {
        var at = Position();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(at);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<FileNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadNode());
                }

                return new FileNode.List(items.ToImmutable(), at);
            case JsonTokenType.String:
                return new FileNode.Scalar(_reader.GetString()!, ScalarKind.Text, at);
            case JsonTokenType.Number:
                var number = Encoding.UTF8.GetString(_reader.ValueSpan);
                var whole = number.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
                return new FileNode.Scalar(number, whole ? ScalarKind.Whole : ScalarKind.Fraction, at);
            case JsonTokenType.True or JsonTokenType.False:
                var truth = _reader.TokenType == JsonTokenType.True ? "true" : "false";
                return new FileNode.Scalar(truth, ScalarKind.Truth, at);
            default:
                return new FileNode.Scalar("", ScalarKind.Nothing, at);
        }
    }

    private FileNode.Map ReadMap(TextPosition at)
    {
        var entries = ImmutableArray.CreateBuilder<FileEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var keyAt = Position();
            var key = _reader.GetString()!;
            if (!seen.Add(key))
            {
                throw new JsonException($"the key '{key}' is there twice", null, keyAt.Line - 1, keyAt.Column - 1);
            }

            _reader.Read();
            entries.Add(new FileEntry(key, keyAt, ReadNode()));
        }

        return new FileNode.Map(entries.ToImmutable(), at);
    }

    /// <summary>Where the current token begins; tokens come in order, so each byte is looked at once.</summary>
    private TextPosition Position()
    {
        var start = (int)_reader.TokenStartIndex;
        var skipped = _json[_scanned..start];
        if (skipped.LastIndexOf((byte)'\n') is >= 0 and var last)
        {
            _line += skipped.Count((byte)'\n');
            _lineStart = _scanned + last + 1;
        }

        _scanned = start;
        return new TextPosition(_line, start - _lineStart + 1);
    }
}
