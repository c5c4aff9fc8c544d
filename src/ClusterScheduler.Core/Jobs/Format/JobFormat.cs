namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>What a job file can say of a job.</summary>
internal static class JobFormat
{
    public static FormatType.Keyed Job { get; } = new("a job",
    [
        new("name", FormatParts.Name, "Unique within role and environment.") { Required = true,
            Elsewhere = ["id", "job"] },
        new("role", FormatParts.Name, "Who runs it: the unit of fair sharing.")
        {
            Default = JobFileDefaults.Role, Elsewhere = ["user", "namespace"],
        },
        new("environment", new FormatType.Text(
                "^(prod|devel|test|staging[0-9]*)$", "prod, devel, test, staging or staging with a number", 1, 50),
            "Sorts jobs; has no effect on scheduling.") { Default = JobFileDefaults.Environment,
                Elsewhere = ["stage"] },
        new("kind", new FormatType.Choice(["batch"], ["service", "cron"]),
            "batch runs to an end. service and cron are known words of the format, not offered yet.")
        {
            Default = "batch", Elsewhere = ["type", "service"],
        },
        new("instances", new FormatType.Whole(1, JobLimits.InstancesMax),
            "How many equal tasks; {{instance}} tells them apart, from 0.")
        {
            Default = "1", Elsewhere = ["count", "replicas", "parallelism", "completions", "shards"],
        },
        new("task", TaskFormat.Task, "What each instance runs and needs.") { Required = true,
            Elsewhere = ["tasks", "template", "spec"] },
        new("after", new FormatType.List(
                new FormatType.Text("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)?$",
                    "a job's name, or role/environment/name", 1, 3 * JobLimits.NameLengthMax),
                0, JobLimits.JobsPerFileMax),
            "Jobs of this file that must have finished first. When one of them fails, this job is not run.")
        {
            Default = "[]", Elsewhere = ["depends_on", "needs", "requires", "dependencies"],
        },
        new("constraints", new FormatType.Map(FormatParts.Name, FormatParts.Plain, JobLimits.EntriesMax),
            "Which agents may run it, by attribute: `a,b` one of these, `\"!a,b\"` none of these, `limit:N` at most N "
            + "tasks of the job where the attribute is the same.")
        {
            Elsewhere = ["constraint", "nodeSelector", "affinity"],
        },
        new("priority", new FormatType.Whole(-JobLimits.PriorityMax, JobLimits.PriorityMax),
            "Higher goes first among waiting tasks; where running tasks have to be ended for others, lower goes first.")
        {
            Default = "0",
        },
        Placement(),
    ], []);

    private static FormatKey Placement() => new("placement", new FormatType.Either(
        [
            new FormatType.Choice(PlacementNames.All, []),
            new FormatType.Keyed("a placement",
            [
                new("policy", new FormatType.Choice(PlacementNames.All, []),
                    "One of the policies.") { Required = true },
                new("per_agent", new FormatType.Whole(0, JobLimits.InstancesMax),
                    "At most so many tasks on one agent, of all jobs of the file with the same placement; "
                    + "0 is any number.") { Default = "0" },
            ], []),
        ]),
        "How an agent is chosen: `spread` (the largest free share), `first-fit` (the first by name), `min-delay` "
        + "(all waiting tasks together, with the smallest sum of need over free processors).")
    {
        Default = PlacementNames.Spread, Elsewhere = ["scheduler", "strategy"],
    };
}
