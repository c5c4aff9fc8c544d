namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>What a job file can say of a process.</summary>
internal static class ProcessFormat
{
    public static FormatType.Keyed Process { get; } = new("a process",
    [
        new("name", FormatParts.Name, "Unique within the task.") { Required = true },
        new("cmdline", FormatParts.Command, "A line for /bin/sh -c, or a list: the program and its arguments.")
        {
            Required = true, Elsewhere = ["command", "cmd", "run", "exec"],
        },
        new("max_failures", new FormatType.Whole(0, JobLimits.ProcessFailuresMax),
            "Failed runs until the process has failed for good; 0 is the agent's cap of 100.")
        {
            Default = "1", Elsewhere = ["retries"],
        },
        new("final", new FormatType.Truth(),
            "Runs after all the others ended, whatever came of them.") { Default = "false" },
        new("daemon", new FormatType.Truth(), "Runs again also after success.") { Default = "false" },
        new("ephemeral", new FormatType.Truth(), "The task's end does not wait for it.") { Default = "false" },
        new("min_duration", new FormatType.Duration(TimeSpan.Zero, JobLimits.MinDurationMax),
            "Least time from one start to the next.") { Default = "5s" },
    ], []);
}
