using System.Text.Json;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>One job, as a file of nothing else.</summary>
internal sealed class JobSpecCodec(JobFileCodec file) : WireCodec<JobSpec>
{
    public override string Name => "job file with one job";

    public override void Write(Utf8JsonWriter writer, JobSpec value) => file.Write(writer, new JobFile([], [value]));

    public override JobSpec Read(ref Utf8JsonReader reader) => file.Read(ref reader).Jobs is [var only]
        ? only
        : throw new WireFormatException("expected one job");
}
