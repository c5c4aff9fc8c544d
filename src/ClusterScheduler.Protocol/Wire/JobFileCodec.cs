using System.Text.Json;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// A job file as users write it in JSON, every value said: one form over HTTP, in the journal and between nodes. It
/// was checked when it was taken in, and is not judged again.
/// </summary>
internal sealed class JobFileCodec : WireCodec<JobFile>
{
    public override string Name => "job file";

    public override void Write(Utf8JsonWriter writer, JobFile value) => writer.WriteRawValue(JobFileJson.Write(value));

    public override JobFile Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Expected(Name, ref reader);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return JobFileJson.ReadStored(document.RootElement.GetRawText());
    }
}
