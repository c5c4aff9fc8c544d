using System.Buffers;
using System.Text.Json;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Services.Journal;

/// <summary>Writes a whole book as bytes, for a snapshot, and reads it back. Instances that were never touched take
/// no room.</summary>
public static class JobBookCodec
{
    private const string Manifest = "book/1";

    /// <summary>The stored form of a book.</summary>
    public static byte[] Write(JobBook book)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Manifest);
            json.WriteNumberValue(book.NextIncarnation);
            json.WriteNumberValue(book.NextSubmission);
            foreach (var job in book.Jobs.Values)
            {
                WriteJob(json, job);
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The book that was stored.</summary>
    /// <exception cref="JsonException">The bytes are not of this form.</exception>
    /// <exception cref="NotSupportedException">A later version wrote them.</exception>
    public static JobBook Read(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var facts = document.RootElement;
        return facts[0].GetString() == Manifest
            ? JobBook.Restore(
                facts[1].GetInt64(), facts[2].GetInt64(), facts.EnumerateArray().Skip(3).Select(ReadJob))
            : throw new NotSupportedException(
                $"the snapshot of the service scheduler is '{facts[0].GetString()}', which a later version wrote");
    }

    private static void WriteJob(Utf8JsonWriter json, JobState job)
    {
        json.WriteStartArray();
        json.WriteNumberValue(job.Incarnation);
        json.WriteNumberValue(job.Submission);
        json.WriteTime(job.SubmittedAt);
        json.WriteRawValue(JobFileJson.Write(new JobFile([], [job.Spec])));
        json.WriteStringValue(job.SkippedBecause);
        json.WriteNumberValue(job.EndedAt?.UtcTicks ?? 0);
        WriteArray(json, job.WaitsFor, key => json.WriteStringValue(key.ToString()));
        WriteArray(json, job.Dependents, json.WriteNumberValue);
        WriteArray(json, job.Touched, pair => WriteInstance(json, pair.Key, pair.Value));
        json.WriteEndArray();
    }

    private static JobState ReadJob(JsonElement facts)
    {
        var spec = JobFileJson.ReadStored(facts[3].GetRawText()).Jobs[0];
        var job = new JobState(facts[0].GetInt64(), spec, facts[1].GetInt64(), facts[2].ReadTime())
        {
            SkippedBecause = facts[4].GetString()!,
            EndedAt = facts[5].GetInt64() == 0 ? null : facts[5].ReadTime(),
            WaitsFor = [.. facts[6].EnumerateArray().Select(ReadKey)],
            Dependents = [.. facts[7].EnumerateArray().Select(number => number.GetInt64())],
        };
        return job.WithInstances(facts[8].EnumerateArray().Select(ReadInstance));
    }

    private static JobKey ReadKey(JsonElement text) => JobKey.TryParse(text.GetString()!, out var key)
        ? key
        : throw new JsonException($"'{text.GetString()}' is no job key");

    private static void WriteInstance(Utf8JsonWriter json, int number, InstanceState state)
    {
        json.WriteStartArray();
        json.WriteNumberValue(number);
        json.WriteStringValue(state.Phase.ToString());
        json.WriteNumberValue(state.Attempt);
        json.WriteNumberValue(state.Failures);
        json.WriteNumberValue(state.LossesInARow);
        json.WriteTime(state.NotBefore);
        json.WriteTime(state.Since);
        json.WriteStringValue(state.Agent?.Value);
        json.WriteStringValue(state.Hostname);
        WriteArray(json, state.LimitValues, value =>
        {
            json.WriteStringValue(value.Name);
            json.WriteStringValue(value.Value);
        });
        WriteArray(json, state.History, end => AttemptEndCodec.Write(json, end));
        json.WriteEndArray();
    }

    private static KeyValuePair<int, InstanceState> ReadInstance(JsonElement facts) => new(
        facts[0].GetInt32(),
        new InstanceState(Enum.Parse<InstancePhase>(facts[1].GetString()!), facts[2].GetInt32())
        {
            Failures = facts[3].GetInt32(),
            LossesInARow = facts[4].GetInt32(),
            NotBefore = facts[5].ReadTime(),
            Since = facts[6].ReadTime(),
            Agent = facts[7].GetString() is { } agent ? new AgentId(agent) : null,
            Hostname = facts[8].GetString()!,
            LimitValues = [.. facts[9].EnumerateArray().Select(text => text.GetString()!).Chunk(2)
                .Select(pair => new AttributeValue(pair[0], pair[1]))],
            History = [.. facts[10].EnumerateArray().Select(AttemptEndCodec.Read)],
        });

    private static void WriteArray<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }
}
