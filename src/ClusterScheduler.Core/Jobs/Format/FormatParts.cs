namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Types that stand in several places of the format.</summary>
internal static class FormatParts
{
    public static FormatType.Text Name { get; } = new(
        "^[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*$", "letters, digits, '_', '-' and '.', not dots alone", 1,
            JobLimits.NameLengthMax);

    public static FormatType.Text Plain { get; } = new(null, "", 0, JobLimits.CommandLengthMax, AlsoPlain: true);

    public static FormatType Command { get; } = new FormatType.Either(
    [
        new FormatType.Text(null, "", 0, JobLimits.CommandLengthMax),
        new FormatType.List(Plain, 0, JobLimits.EntriesMax),
    ]);

    public static FormatType Cpus { get; } = new FormatType.Fraction(1, JobLimits.CpusMax * 1000L);

    public static FormatType Mem { get; } = new FormatType.Size(1, JobLimits.MemMiBMax * 1000);

    public static FormatType Disk { get; } = new FormatType.Size(0, JobLimits.DiskMiBMax * 1000);
}
