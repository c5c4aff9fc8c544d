using System.Buffers;
using System.Text.Json;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Services.Journal;

/// <summary>
/// Writes events of the book as bytes and reads them back. The form is JSON: an array whose first item names the
/// kind and the version, so that a later version can read what this one wrote, and whose others are the facts in a
/// fixed order. The tests hold golden texts of each.
/// </summary>
public static class JobEventCodec
{
    private const string Submitted = "submitted/1";
    private const string Staged = "staged/1";
    private const string Ended = "ended/1";
    private const string KillRequested = "kill-requested/1";
    private const string Forgotten = "forgotten/1";

    /// <summary>The stored form of a durable event.</summary>
    /// <exception cref="ArgumentException">The event is not stored.</exception>
    public static byte[] Write(JobEvent @event)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            switch (@event)
            {
                case JobEvent.Submitted submitted:
                    json.WriteStringValue(Submitted);
                    json.WriteTime(submitted.At);
                    json.WriteRawValue(JobFileJson.Write(new JobFile([], submitted.Jobs)));
                    break;
                case JobEvent.Staged staged:
                    json.WriteStringValue(Staged);
                    json.WriteTime(staged.At);
                    staged.Attempts.ForEach(attempt => WriteStaged(json, attempt));
                    break;
                case JobEvent.Ended ended:
                    json.WriteStringValue(Ended);
                    ended.Ends.ForEach(end => WriteEnded(json, end));
                    break;
                case JobEvent.KillRequested kill:
                    json.WriteStringValue(KillRequested);
                    json.WriteTime(kill.At);
                    json.WriteNumberValue(kill.Incarnation);
                    kill.Instances.ForEach(json.WriteNumberValue);
                    break;
                case JobEvent.Forgotten forgotten:
                    json.WriteStringValue(Forgotten);
                    forgotten.Incarnations.ForEach(json.WriteNumberValue);
                    break;
                default:
                    throw new ArgumentException($"{@event.GetType().Name} is not stored", nameof(@event));
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The event that was stored.</summary>
    /// <exception cref="JsonException">The bytes are not of this form.</exception>
    /// <exception cref="NotSupportedException">A later version wrote them.</exception>
    public static JobEvent Read(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var facts = document.RootElement;
        var manifest = facts[0].GetString();
        return manifest switch
        {
            Submitted => new JobEvent.Submitted(
                JobFileJson.ReadStored(facts[2].GetRawText()).Jobs, facts[1].ReadTime()),
            Staged => new JobEvent.Staged([.. facts.EnumerateArray().Skip(2).Select(ReadStaged)], facts[1].ReadTime()),
            Ended => new JobEvent.Ended([.. facts.EnumerateArray().Skip(1).Select(ReadEnded)]),
            KillRequested => new JobEvent.KillRequested(
                facts[2].GetInt64(),
                [.. facts.EnumerateArray().Skip(3).Select(number => number.GetInt32())],
                facts[1].ReadTime()),
            Forgotten => new JobEvent.Forgotten(
                [.. facts.EnumerateArray().Skip(1).Select(number => number.GetInt64())]),
            _ => throw new NotSupportedException(
                $"the journal of the service scheduler holds '{manifest}', which a later version wrote"),
        };
    }

    private static void WriteStaged(Utf8JsonWriter json, StagedAttempt attempt)
    {
        json.WriteStartArray();
        json.WriteId(attempt.Id);
        json.WriteStringValue(attempt.Agent.Value);
        json.WriteStringValue(attempt.Hostname);
        foreach (var value in attempt.LimitValues)
        {
            json.WriteStringValue(value.Name);
            json.WriteStringValue(value.Value);
        }

        json.WriteEndArray();
    }

    private static StagedAttempt ReadStaged(JsonElement facts) => new(
        facts.ReadId(), new AgentId(facts[3].GetString()!), facts[4].GetString()!,
        [.. facts.EnumerateArray().Skip(5).Select(text => text.GetString()!).Chunk(2)
            .Select(pair => new AttributeValue(pair[0], pair[1]))]);

    private static void WriteEnded(Utf8JsonWriter json, EndedAttempt ended)
    {
        json.WriteStartArray();
        json.WriteId(ended.Id);
        json.WriteStringValue(ended.Outcome.ToString());
        json.WriteTime(ended.NotBefore);
        AttemptEndCodec.Write(json, ended.End);
        json.WriteEndArray();
    }

    private static EndedAttempt ReadEnded(JsonElement facts) => new(
        facts.ReadId(), Enum.Parse<InstanceOutcome>(facts[3].GetString()!), facts[4].ReadTime(),
        AttemptEndCodec.Read(facts[5]));

    private static void ForEach<T>(this ImmutableArray<T> items, Action<T> act)
    {
        foreach (var item in items)
        {
            act(item);
        }
    }
}
