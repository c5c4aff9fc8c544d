using System.Text.Json;

namespace ClusterScheduler.Services.Journal;

/// <summary>The small values that stored events are made of.</summary>
internal static class JsonFacts
{
    /// <summary>Times are stored in ticks of UTC, exactly.</summary>
    public static void WriteTime(this Utf8JsonWriter json, DateTimeOffset time) => json.WriteNumberValue(time.UtcTicks);

    public static DateTimeOffset ReadTime(this JsonElement number) => new(number.GetInt64(), TimeSpan.Zero);

    public static void WriteId(this Utf8JsonWriter json, AttemptId id)
    {
        json.WriteNumberValue(id.Incarnation);
        json.WriteNumberValue(id.Instance);
        json.WriteNumberValue(id.Attempt);
    }

    /// <summary>The three numbers at the beginning of an array.</summary>
    public static AttemptId ReadId(this JsonElement facts) =>
        new(facts[0].GetInt64(), facts[1].GetInt32(), facts[2].GetInt32());
}
