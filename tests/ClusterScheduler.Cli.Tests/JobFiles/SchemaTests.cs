using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Format;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>The JSON schema in docs/ is the format's, and says the same as the reader.</summary>
public class SchemaTests
{
    private static readonly string SchemaPath = Path.Combine(Repository.Root, "docs", "job-file.schema.json");

    private static readonly JsonElement Schema = JsonDocument.Parse(JobFileSchema.Write()).RootElement;

    /// <summary>What only the reader knows: a schema cannot look from one place to another.</summary>
    private static readonly JobFindingKind[] BeyondSchemas =
    [
        JobFindingKind.DuplicateName, JobFindingKind.UnknownName, JobFindingKind.Cycle,
        JobFindingKind.UnknownTemplate, JobFindingKind.FinalProcess, JobFindingKind.EmptyCommand,
        JobFindingKind.ConflictingKeys,
    ];

    [Fact]
    public void The_schema_in_docs_is_up_to_date()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(SchemaPath, JobFileSchema.Write());
        }

        Assert.True(File.Exists(SchemaPath) && File.ReadAllText(SchemaPath) == JobFileSchema.Write(),
            "docs/job-file.schema.json is not the format's; make it anew: "
            + "UPDATE_DOCS=1 dotnet test tests/ClusterScheduler.Cli.Tests --filter SchemaTests");
    }

    [Fact]
    public void The_reference_in_docs_lists_every_key()
    {
        const string Begin = "<!-- keys: made by the tests from the format; see SchemaTests -->\n";
        const string End = "<!-- end of keys -->";
        var path = Path.Combine(Repository.Root, "docs", "job-file.md");
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var rest = page[page.IndexOf(End, StringComparison.Ordinal)..];
        var expected = page[..from] + "\n" + JobFileReference.Write() + rest;
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
            page = expected;
        }

        Assert.True(page == expected, "docs/job-file.md does not list the keys of the format; make it anew: "
            + "UPDATE_DOCS=1 dotnet test tests/ClusterScheduler.Cli.Tests --filter SchemaTests");
    }

    [Theory]
    [MemberData(nameof(SampleFileTests.Samples), MemberType = typeof(SampleFileTests))]
    public void Samples_are_valid(string name)
    {
        var json = JobFileJson.Write(SampleFileTests.Load(name).Reading.File!);
        Assert.True(JsonSchemaCheck.IsValid(JsonDocument.Parse(json).RootElement, Schema));
    }

    [Fact]
    public void Files_made_wrong_in_one_place_are_wrong_for_both()
    {
        foreach (var (json, what) in Mutations())
        {
            var reading = JobFileJson.Read(Encoding.UTF8.GetBytes(json));
            var valid = JsonSchemaCheck.IsValid(JsonDocument.Parse(json).RootElement, Schema);
            var beyond = reading.Findings.All(finding => BeyondSchemas.Contains(finding.Kind));
            Assert.True(valid == reading.Findings.IsEmpty || (valid && beyond),
                $"{what}: the schema says {(valid ? "right" : "wrong")}, the reader found "
                + string.Join("; ", reading.Findings.Select(finding => $"{finding.Path}: {finding.Problem}"))
                + $"\n{json}");
        }
    }

    [Fact]
    public void Json_findings_have_lines_and_columns()
    {
        var reading = JobFileJson.Read("{\"jobs\": [\n  {\"name\": \"a\", \"instances\": -2,\n   \"tusk\": {}}]}"u8);
        Assert.Equal(["2:30", "3:4"], reading.Findings.Select(finding => finding.Position.ToString()).Order());
    }

    /// <summary>Each sample with each of its values replaced in turn by values of other kinds and sizes, and with
    /// each key left out or misspelt.</summary>
    private static IEnumerable<(string Json, string What)> Mutations()
    {
        JsonNode?[] others =
            [JsonValue.Create("x"), JsonValue.Create(""), JsonValue.Create(-1), JsonValue.Create(0),
            JsonValue.Create(0.5),
            JsonValue.Create(123456789012L), JsonValue.Create(true), null, new JsonArray(), new JsonObject(),
            new JsonArray("a", 1), new JsonObject { ["a"] = "b" }];
        foreach (var name in SampleFileTests.Names)
        {
            var text = JobFileJson.Write(SampleFileTests.Load(name).Reading.File!);
            var places = Places(JsonNode.Parse(text)!, []).ToList();
            foreach (var place in places)
            {
                foreach (var other in others)
                {
                    var json = With(text, place, (parent, key) => Set(parent, key, other));
                    yield return (json, $"{name} {Show(place)} = {other}");
                }

                if (place[^1] is string)
                {
                    yield return (With(text, place, (parent, key) => ((JsonObject)parent).Remove((string)key)),
                        $"{name} without {Show(place)}");
                    yield return (With(text, place, (parent, key) => ((JsonObject)parent)[$"{key}x"] = 1),
                        $"{name} with {Show(place)}x");
                }
            }
        }
    }

    private static IEnumerable<object[]> Places(JsonNode? node, object[] path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Places(pair.Value, [.. path, pair.Key]).Prepend([.. path, pair.Key])),
        JsonArray list => list.SelectMany((item, index) => Places(item, [.. path, index]).Prepend([.. path, index])),
        _ => [],
    };

    private static string With(string text, object[] place, Action<JsonNode, object> change)
    {
        var root = JsonNode.Parse(text)!;
        var parent = place[..^1].Aggregate(root, (node, key) => key is string name ? node[name]! : node[(int)key]!);
        change(parent, place[^1]);
        return root.ToJsonString();
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is string name)
        {
            parent[name] = value?.DeepClone();
        }
        else
        {
            parent[(int)key] = value?.DeepClone();
        }
    }

    private static string Show(object[] place) => string.Join('.', place);
}
