using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>
/// Builds the tree of a job file from YAML's events, with the place of every node. Aliases share nodes, so a small
/// file cannot fill the memory; what they would expand to is bounded as well.
/// </summary>
internal sealed class YamlTree
{
    /// <summary>Lists and maps inside one another.</summary>
    public const int DepthMax = 32;

    /// <summary>Nodes of a file, each alias counted as what it stands for.</summary>
    public const int NodesMax = 100_000;

    private readonly IParser _parser;
    private readonly List<JobFinding> _findings;
    private readonly Dictionary<string, (FileNode Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlTree(IParser parser, List<JobFinding> findings)
    {
        _parser = parser;
        _findings = findings;
    }

    /// <summary>The tree, or null with a finding where the text has none.</summary>
    public static FileNode? Read(string text, List<JobFinding> findings)
    {
        var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        try
        {
            return new YamlTree(parser, findings).ReadStream();
        }
        catch (YamlException error)
        {
            findings.Add(YamlFaults.Explain(error, text));
            return null;
        }
        catch (TreeRefusedException refused)
        {
            findings.Add(refused.Finding);
            return null;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException
            or IndexOutOfRangeException or NullReferenceException or OverflowException)
        {
            // The library has states in which it throws these instead of its own exception; all mean the same.
            var end = parser.Current?.End ?? Mark.Empty;
            findings.Add(YamlFaults.Explain(new YamlException(end, end, "something stands here that cannot"), text));
            return null;
        }
    }

    private FileNode? ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _findings.Add(new JobFinding(JobFindingKind.Empty, "", TextPosition.Start, "the file is empty",
                "a job file begins with `jobs:`; see docs/job-file.md"));
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _findings.Add(new JobFinding(JobFindingKind.UnsupportedForm, "", At(second), "a second document begins",
                "one document in a file"));
        }

        return root;
    }

    private FileNode ReadNode(int depth)
    {
        var start = _parser.Current!;
        var before = _nodes;
        Count(1, start);
        if (depth > DepthMax)
        {
            throw new TreeRefusedException(new JobFinding(JobFindingKind.TooLarge, "", At(start),
                $"more than {DepthMax} lists and maps inside one another", "the structure of docs/job-file.md"));
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias);
        }

        var anchor = start is NodeEvent { Anchor.IsEmpty: false } named ? named.Anchor.Value : null;
        CheckTag(start);
        FileNode node = start switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            _ => throw new YamlException(start.Start, start.End, "a value belongs here"),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = (node, _nodes - before);
        }

        return node;
    }

    private FileNode.Scalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        var kind = scalar.Style == ScalarStyle.Plain ? YamlScalars.KindOf(scalar.Value) : ScalarKind.Text;
        return new FileNode.Scalar(scalar.Value, kind, At(scalar));
    }

    private FileNode.List ReadList(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = ImmutableArray.CreateBuilder<FileNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new FileNode.List(items.ToImmutable(), At(start));
    }

    private FileNode.Map ReadMap(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new YamlMap(_findings);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            entries.Add(key, value);
        }

        return new FileNode.Map(entries.Complete(), At(start));
    }

    private FileNode Resolve(AnchorAlias alias)
    {
        if (_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            Count(target.Size, alias);
            return target.Node;
        }

        throw new TreeRefusedException(new JobFinding(JobFindingKind.UnknownName, "", At(alias),
            $"the alias *{alias.Value.Value} names nothing before it, or what it stands in",
            $"an anchor &{alias.Value.Value} further up, on a complete value"));
    }

    private void CheckTag(ParsingEvent start)
    {
        if (start is NodeEvent { Tag.IsEmpty: false } node && !(node is Scalar && node.Tag.IsNonSpecific))
        {
            _findings.Add(new JobFinding(JobFindingKind.UnsupportedForm, "", At(start),
                $"{node.Tag.Value} is read as a YAML tag",
                    "quotes around a text that begins with '!', as in \"!a,b\""));
        }
    }

    private void Count(int nodes, ParsingEvent at)
    {
        _nodes += nodes;
        if (_nodes > NodesMax)
        {
            throw new TreeRefusedException(new JobFinding(JobFindingKind.TooLarge, "", At(at),
                $"the file has more than {NodesMax} values, aliases counted as what they stand for",
                "fewer; a job with many instances needs no line for each"));
        }
    }

    private static TextPosition At(ParsingEvent parsed) => YamlFaults.At(parsed.Start);

    private sealed class TreeRefusedException(JobFinding finding) : Exception(finding.Problem)
    {
        public JobFinding Finding { get; } = finding;
    }
}
