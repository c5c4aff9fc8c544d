using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>Collects the entries of one map: keys are text, each once; <c>&lt;&lt;</c> adds what another map has and
/// this one does not say itself.</summary>
internal sealed class YamlMap(List<JobFinding> findings)
{
    private const string MergeKey = "<<";

    private readonly List<FileEntry> _entries = [];
    private readonly Dictionary<string, TextPosition> _seen = new(StringComparer.Ordinal);
    private readonly List<FileNode> _merged = [];

    public void Add(FileNode key, FileNode value)
    {
        if (key is not FileNode.Scalar { Kind: not ScalarKind.Nothing } name)
        {
            findings.Add(new JobFinding(JobFindingKind.UnsupportedForm, "", key.Position, "this key is no text",
                "a name before the colon; a value that begins with {{ stands in quotes, as in \"{{instance}}\""));
        }
        else if (name is { Text: MergeKey, Kind: ScalarKind.Text })
        {
            _merged.Add(value);
        }
        else if (_seen.TryAdd(name.Text, name.Position))
        {
            _entries.Add(new FileEntry(name.Text, name.Position, value));
        }
        else
        {
            findings.Add(new JobFinding(JobFindingKind.DuplicateKey, "", name.Position,
                $"the key '{name.Text}' is there twice (first in line {_seen[name.Text].Line})", "each key once"));
        }
    }

    public ImmutableArray<FileEntry> Complete()
    {
        foreach (var source in _merged.SelectMany(node => node is FileNode.List list ? list.Items : [node]))
        {
            if (source is not FileNode.Map map)
            {
                findings.Add(new JobFinding(JobFindingKind.WrongType, "", source.Position, "`<<` merges maps only",
                    "an alias of a map, as in: <<: *defaults"));
                continue;
            }

            _entries.AddRange(map.Entries.Where(entry => _seen.TryAdd(entry.Key, entry.KeyPosition)));
        }

        return [.. _entries];
    }
}
