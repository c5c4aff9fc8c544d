using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// A <see cref="RunLog"/> as text: one record a line, first the checksum of the rest, then the kind, then the fields,
/// each with everything but plain characters escaped. A line counts only if it is whole and its checksum is right.
/// </summary>
public static class RunLogCodec
{
    /// <summary>Written in the opening; readers refuse what they do not know.</summary>
    public const int Version = 1;

    /// <summary>The first line of a log.</summary>
    public static string Encode(RunLogOpening opening) => opening switch
    {
        RunLogOpening.Opened opened => RunLogLine.Of(
            "opened", Number(Version), opened.BootId, Wall(opened.At),
            Number(opened.Keeper.Pid), Number(opened.Keeper.StartTicks)),
        RunLogOpening.Forbidden forbidden => RunLogLine.Of(
            "forbidden", Number(Version), forbidden.BootId, Wall(forbidden.At)),
        _ => throw new ArgumentOutOfRangeException(nameof(opening), opening, "not an opening"),
    };

    /// <summary>The line of one event.</summary>
    public static string Encode(TaskRunEvent @event) => @event switch
    {
        TaskRunEvent.ProcessForked e => RunLogLine.Of("forked", e.Process, Number(e.Run), Span(e.At)),
        TaskRunEvent.ProcessStarted e => RunLogLine.Of(
            "started", e.Process, Number(e.Run), Number(e.Identity.Pid), Number(e.Identity.StartTicks), Span(e.At)),
        TaskRunEvent.ProcessEnded e => RunLogLine.Of(
            "ended", e.Process, Number(e.Run), ExitStatusCodec.Encode(e.Status), Span(e.Usage.CpuTime),
            Number(e.Usage.PeakMemoryKiB), e.Next.ToString(), Span(e.At)),
        TaskRunEvent.KillAsked e => RunLogLine.Of("kill", Span(e.KillAt), Span(e.At)),
        TaskRunEvent.StageEntered e => RunLogLine.Of(
            "stage", e.Stage.ToString(), Optional(e.KillAt), Optional(e.EndBy), Span(e.At)),
        TaskRunEvent.SweepOrdered e => RunLogLine.Of("sweep", Span(e.At)),
        TaskRunEvent.TaskEnded e => RunLogLine.Of(
            ["result", .. ExitStatusCodec.Encode(e.Result), Span(e.At)]),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "not an event of a run"),
    };

    /// <summary>Reads a whole log. Never throws on content.</summary>
    public static RunLog Decode(ReadOnlySpan<byte> content)
    {
        RunLogOpening? opening = null;
        var events = ImmutableArray.CreateBuilder<TaskRunEvent>();
        var end = content.LastIndexOf((byte)'\n');
        var isFirst = true;
        foreach (var line in Encoding.UTF8.GetString(content[..(end + 1)]).EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (RunLogLine.Fields(line.ToString()) is not { } fields || !Read(fields, isFirst, ref opening, events))
            {
                return new RunLog(opening, events.ToImmutable(), IsDamaged: true);
            }

            isFirst = false;
        }

        return new RunLog(opening, events.ToImmutable(), IsDamaged: false);
    }

    /// <summary>A result on its own, as one line.</summary>
    public static string EncodeResult(TaskResult result) => RunLogLine.Of([.. ExitStatusCodec.Encode(result)]);

    /// <summary>Reads <see cref="EncodeResult"/>; throws <see cref="FormatException"/> on anything else.</summary>
    public static TaskResult DecodeResult(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return ExitStatusCodec.DecodeResult(RunLogLine.Fields(line.TrimEnd('\n'))
            ?? throw new FormatException("A result arrived damaged."));
    }

    private static bool Read(
        string[] fields, bool isFirst, ref RunLogOpening? opening, ImmutableArray<TaskRunEvent>.Builder events)
    {
        try
        {
            if (isFirst)
            {
                opening = Opening(fields);
            }
            else
            {
                events.Add(Event(fields));
            }

            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException
            or IndexOutOfRangeException or ArgumentException)
        {
            // A line with a right checksum and a wrong shape is from another version: as unreadable as damage.
            return false;
        }
    }

    private static RunLogOpening Opening(string[] f) => (f[0], f[1]) switch
    {
        ("opened", "1") => new RunLogOpening.Opened(f[2], Wall(f[3]), new ProcessIdentity(Int(f[4]), Long(f[5]))),
        ("forbidden", "1") => new RunLogOpening.Forbidden(f[2], Wall(f[3])),
        _ => throw new FormatException($"'{f[0]}' version {f[1]} opens no run log of version {Version}."),
    };

    private static TaskRunEvent Event(string[] f) => f[0] switch
    {
        "forked" => new TaskRunEvent.ProcessForked(f[1], Int(f[2]), Span(f[3])),
        "started" => new TaskRunEvent.ProcessStarted(
            f[1], Int(f[2]), new ProcessIdentity(Int(f[3]), Long(f[4])), Span(f[5])),
        "ended" => new TaskRunEvent.ProcessEnded(
            f[1], Int(f[2]), ExitStatusCodec.Decode(f[3]), new ProcessUsage(Span(f[4]), Long(f[5])),
            Enum.Parse<ProcessState>(f[6]), Span(f[7])),
        "kill" => new TaskRunEvent.KillAsked(Span(f[1]), Span(f[2])),
        "stage" => new TaskRunEvent.StageEntered(
            Enum.Parse<TaskStage>(f[1]), Optional(f[2]), Optional(f[3]), Span(f[4])),
        "sweep" => new TaskRunEvent.SweepOrdered(Span(f[1])),
        "result" => new TaskRunEvent.TaskEnded(ExitStatusCodec.DecodeResult(f.AsSpan(1, f.Length - 2)), Span(f[^1])),
        _ => throw new FormatException($"'{f[0]}' is no record of a run."),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Span(TimeSpan value) => Number(value.Ticks);

    private static string Optional(TimeSpan? value) => value is { } span ? Span(span) : "-";

    private static string Wall(DateTimeOffset value) => Number(value.ToUnixTimeMilliseconds());

    private static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static long Long(string text) =>
        long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static TimeSpan Span(string text) => new(Long(text));

    private static TimeSpan? Optional(string text) => text == "-" ? null : Span(text);

    private static DateTimeOffset Wall(string text) => DateTimeOffset.FromUnixTimeMilliseconds(Long(text));
}
