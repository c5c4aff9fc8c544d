using System.Globalization;

namespace ClusterScheduler.Core.Execution;

/// <summary>Ends as text: <c>exited:0</c>, <c>signaled:11:core</c>, <c>not-started:KIND:2:DETAIL</c>.</summary>
internal static class ExitStatusCodec
{
    public static string Encode(ExitStatus status) => status switch
    {
        ExitStatus.Exited exited => $"exited:{Number(exited.Code)}",
        ExitStatus.Signaled signaled => $"signaled:{Number(signaled.Signal)}:{(signaled.CoreDumped ? "core" : "-")}",
        ExitStatus.NotStarted { Error: var error } =>
            $"not-started:{error.Kind}:{Number(error.Errno)}:{error.Detail}",
        ExitStatus.Unknown unknown => $"unknown:{unknown.Cause}",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not an exit status"),
    };

    public static ExitStatus Decode(string text)
    {
        var parts = text.Split(':', 4);
        return parts[0] switch
        {
            "exited" => new ExitStatus.Exited(Int(parts[1])),
            "signaled" => new ExitStatus.Signaled(Int(parts[1]), parts[2] == "core"),
            "not-started" => new ExitStatus.NotStarted(
                new SpawnError(Enum.Parse<SpawnErrorKind>(parts[1]), Int(parts[2]), parts[3])),
            "unknown" => new ExitStatus.Unknown(Enum.Parse<UnknownCause>(parts[1])),
            _ => throw new FormatException($"'{text}' is no exit status."),
        };
    }

    /// <summary>Outcome, its three details, cpu time, peak memory, then the names of those that never ran.</summary>
    public static IEnumerable<string> Encode(TaskResult result)
    {
        string[] outcome = result.Outcome switch
        {
            TaskOutcome.Finished => ["finished", "-", "-", "-"],
            TaskOutcome.Failed failed => ["failed", failed.Decisive, Number(failed.Run), Encode(failed.Status)],
            TaskOutcome.Killed => ["killed", "-", "-", "-"],
            TaskOutcome.Preempted preempted => ["preempted", preempted.For.Length > 0 ? preempted.For : "-", "-", "-"],
            TaskOutcome.Lost lost => ["lost", lost.Cause.ToString(), "-", "-"],
            TaskOutcome.Dropped => ["dropped", "-", "-", "-"],
            _ => throw new ArgumentOutOfRangeException(nameof(result), result, "not an outcome"),
        };
        return [.. outcome, Number(result.Usage.CpuTime.Ticks), Number(result.Usage.PeakMemoryKiB), .. result.NeverRan];
    }

    public static TaskResult DecodeResult(ReadOnlySpan<string> f)
    {
        TaskOutcome outcome = f[0] switch
        {
            "finished" => new TaskOutcome.Finished(),
            "failed" => new TaskOutcome.Failed(f[1], Int(f[2]), Decode(f[3])),
            "killed" => new TaskOutcome.Killed(),
            "preempted" => new TaskOutcome.Preempted(f[1] == "-" ? "" : f[1]),
            "lost" => new TaskOutcome.Lost(Enum.Parse<UnknownCause>(f[1])),
            "dropped" => new TaskOutcome.Dropped(),
            _ => throw new FormatException($"'{f[0]}' is no outcome."),
        };
        var usage = new ProcessUsage(new TimeSpan(Long(f[4])), Long(f[5]));
        return new TaskResult(outcome, usage, [.. f[6..]]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static long Long(string text) =>
        long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
