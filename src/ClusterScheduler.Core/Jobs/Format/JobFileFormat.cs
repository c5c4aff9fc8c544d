namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>
/// The job file, key by key: the one description that the reader checks by, the JSON schema is made from and the
/// documentation lists. Words and defaults are Aurora's where Aurora has them.
/// </summary>
public static class JobFileFormat
{
    private static readonly FormatType.Text PortRange = new(
        "^[0-9]{1,5}-[0-9]{1,5}$", "first and last port, as in 31000-31999", 3, 11);

    /// <summary>The whole file.</summary>
    public static FormatType.Keyed File { get; } = new("a job file",
    [
        new("agents", new FormatType.Either(
                [new FormatType.Whole(1, JobLimits.AgentsPerFileMax),
                    new FormatType.List(Agent(), 1, JobLimits.AgentsPerFileMax)]),
            "The agents that `csched run` starts: how many of the default size, or a list. A cluster that already "
            + "runs has its own and ignores this.") { Default = "3" },
        new("jobs", new FormatType.List(JobFormat.Job, 1, JobLimits.JobsPerFileMax),
            "What is to be run.") { Required = true },
    ], []);

    private static FormatType.Keyed Agent() => new("an agent",
    [
        new("name", FormatParts.Name, "Its host name.") { Required = true, Elsewhere = ["host", "hostname", "id"] },
        new("resources", new FormatType.Keyed("an agent's resources",
        [
            new("cpus", FormatParts.Cpus, "Processors.") { Default = "4", Elsewhere = ["cpu", "cores"] },
            new("mem", FormatParts.Mem, "Memory.") { Default = "4GiB", Elsewhere = ["memory", "ram"] },
            new("disk", FormatParts.Disk, "Disk space.") { Default = "16GiB", Elsewhere = ["storage"] },
            new("ports", PortRange, "The ports that tasks may get.") { Default = "31000-31999" },
        ], []), "What it offers."),
        new("attributes", new FormatType.Map(FormatParts.Name, FormatParts.Plain, JobLimits.EntriesMax),
            "What constraints can name. `host` is always there: the agent's name.") { Elsewhere = ["labels", "meta"] },
    ], []);
}
