using System.Text.Json;

namespace ClusterScheduler.Services.Journal;

/// <summary>How an attempt ended, as an array of facts.</summary>
internal static class AttemptEndCodec
{
    private const int FactsWithoutEvidence = 6;

    public static void Write(Utf8JsonWriter json, AttemptEnd end)
    {
        json.WriteStartArray();
        json.WriteStringValue(end.TaskId.Value);
        json.WriteStringValue(end.Hostname);
        json.WriteStringValue(end.State.ToString());
        json.WriteStringValue(end.Reason.ToString());
        json.WriteStringValue(end.Message);
        json.WriteTime(end.At);
        if (end.Evidence is { } evidence)
        {
            WriteNumber(json, evidence.ExitCode);
            WriteNumber(json, evidence.Signal);
            json.WriteStringValue(evidence.Process);
            json.WriteStringValue(evidence.LastLog);
            json.WriteNumberValue(evidence.CpuSeconds);
            json.WriteNumberValue(evidence.PeakMemoryMiB);
        }

        json.WriteEndArray();
    }

    public static AttemptEnd Read(JsonElement facts) => new(
        new TaskId(facts[0].GetString()!),
        facts[1].GetString()!,
        Enum.Parse<TaskState>(facts[2].GetString()!),
        Enum.Parse<StatusReason>(facts[3].GetString()!),
        facts[4].GetString()!,
        facts.GetArrayLength() == FactsWithoutEvidence ? null : ReadEvidence(facts),
        facts[5].ReadTime());

    private static TaskEvidence ReadEvidence(JsonElement facts) => new(
        ReadNumber(facts[6]), ReadNumber(facts[7]), facts[8].GetString()!, facts[9].GetString()!,
        facts[10].GetDouble(), facts[11].GetInt64());

    private static void WriteNumber(Utf8JsonWriter json, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static int? ReadNumber(JsonElement fact) =>
        fact.ValueKind == JsonValueKind.Null ? null : fact.GetInt32();
}
