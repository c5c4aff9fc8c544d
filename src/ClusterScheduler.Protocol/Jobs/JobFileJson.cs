using System.Buffers;
using System.Text;
using System.Text.Json;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Protocol.Jobs;

/// <summary>
/// The job file as JSON: what the HTTP gateway takes, what goes over the wire and what is stored. It is read by the
/// same rules as YAML and gives the same findings.
/// </summary>
public static class JobFileJson
{
    /// <summary>The largest text that is read, bytes; room for 100,000 characters of command in many jobs.</summary>
    public const int BytesMax = 16 * 1024 * 1024;

    /// <summary>Objects and arrays inside one another.</summary>
    public const int DepthMax = 32;

    /// <summary>Reads a whole job file; reports everything that is wrong, with line and column.</summary>
    public static JobFileReading Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > BytesMax)
        {
            return JobFileReading.Refused(new JobFinding(JobFindingKind.TooLarge, "", TextPosition.Start,
                $"{json.Length} bytes", $"at most {BytesMax} bytes"));
        }

        try
        {
            return JobFileRules.Read(JsonTree.Read(json));
        }
        catch (JsonException error)
        {
            var at = new TextPosition((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
            return JobFileReading.Refused(new JobFinding(JobFindingKind.Syntax, "", at,
                $"this is no JSON: {error.Message}", "one JSON object with the key jobs"));
        }
    }

    /// <summary>Reads what <see cref="Write(JobFile)"/> wrote and somebody stored: it was right when it was stored,
    /// and rules that came later do not apply to it.</summary>
    public static JobFile ReadStored(string json) => JobFileRules.Restore(JsonTree.Read(Encoding.UTF8.GetBytes(json)));

    /// <summary>Writes a whole job file, every value said; reads back equal.</summary>
    public static string Write(JobFile file) => Write(JobFileTree.Of(file));

    /// <summary>Writes one job, every value said.</summary>
    public static string Write(JobSpec job) => Write(JobFileTree.Of(job));

    private static string Write(FileNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, node);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, FileNode node)
    {
        switch (node)
        {
            case FileNode.Map map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case FileNode.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case FileNode.Scalar { Kind: ScalarKind.Text } text:
                json.WriteStringValue(text.Text);
                break;
            case FileNode.Scalar plain:
                json.WriteRawValue(plain.Text);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, "not a kind of node");
        }
    }
}
