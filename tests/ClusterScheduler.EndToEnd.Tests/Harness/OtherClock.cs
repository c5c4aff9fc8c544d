namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A process whose clock shows another time than this machine's; intervals are as long as anywhere.</summary>
internal static class OtherClock
{
    public const string NotInstalled = "the command faketime is missing";

    private const string Program = "/usr/bin/faketime";

    public static bool IsInstalled => File.Exists(Program);

    /// <param name="off">How far off, as faketime takes it: <c>-10m</c>.</param>
    public static string[] Command(string off) => [Program, "--exclude-monotonic", "-f", off];
}

/// <summary>A test with another clock; skipped, visibly, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClockFactAttribute : FactAttribute
{
    public ClockFactAttribute() => Skip = OtherClock.IsInstalled ? null : OtherClock.NotInstalled;
}
