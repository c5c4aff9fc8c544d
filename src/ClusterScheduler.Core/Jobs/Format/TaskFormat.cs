using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>What a job file can say of a task.</summary>
internal static class TaskFormat
{
    public static FormatType.Keyed Task { get; } = new("a task",
    [
        new("command", FormatParts.Command, "A line for /bin/sh -c, or a list: the program and its arguments.")
        {
            Elsewhere = ["cmd", "cmdline", "run", "exec", "script"],
        },
        new("processes", new FormatType.List(ProcessFormat.Process, 1, JobLimits.ProcessesMax),
            "Several processes instead of one command.") { Elsewhere = ["steps", "containers"] },
        new("order", new FormatType.Either(
            [
                new FormatType.List(FormatParts.Name, 0, JobLimits.ProcessesMax),
                new FormatType.List(new FormatType.List(FormatParts.Name, 1, JobLimits.ProcessesMax), 1,
                    JobLimits.ProcessesMax),
            ]),
            "Names of processes that run one after the other, or several such lists. What is not named runs at once.")
        {
            Default = "[]", Elsewhere = ["constraints"],
        },
        new("resources", Resources(), "What an agent must have free."),
        new("env", new FormatType.Map(VariableName, FormatParts.Plain, JobLimits.EntriesMax), "Environment variables.")
        {
            Elsewhere = ["environment", "vars"],
        },
        new("kill_grace", new FormatType.Duration(TimeSpan.Zero, JobLimits.KillGraceMax),
            "Between SIGTERM and SIGKILL when the task is killed.")
        {
            Default = DurationText.Format(TaskPlan.DefaultKillGrace), Elsewhere = ["kill_timeout", "grace"],
        },
        new("max_failures", new FormatType.Whole(TaskSpec.UnlimitedFailures, JobLimits.TaskFailuresMax, Except: 0),
            "Failed attempts until an instance has failed for good; -1 tries for ever. Losses do not count.")
        {
            Default = "1", Elsewhere = ["max_task_failures", "retries", "restarts", "attempts", "backoffLimit"],
        },
        new("max_failed_processes", new FormatType.Whole(0, JobLimits.ProcessesMax),
            "How many processes may fail for good before the attempt does; 0 is any number.") { Default = "1" },
        new("max_concurrency", new FormatType.Whole(0, JobLimits.ProcessesMax),
            "How many processes may run at once; 0 is any number.") { Default = "0" },
        new("finalization_wait", new FormatType.Duration(TimeSpan.Zero, JobLimits.FinalizationWaitMax),
            "How long stopping and the final processes may take together.")
        {
            Default = DurationText.Format(TaskPlan.DefaultFinalizationWait),
        },
    ], ["command", "processes"]);

    private static FormatType.Text VariableName => new(
        "^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and '_', not beginning with a digit", 1, JobLimits.NameLengthMax);

    private static FormatType.Keyed Resources() => new("a task's resources",
    [
        new("cpus", FormatParts.Cpus, "Processors.") { Default = "0.1", Elsewhere = ["cpu", "cores"] },
        new("mem", FormatParts.Mem, "Memory.") { Default = "32MiB", Elsewhere = ["memory", "ram"] },
        new("disk", FormatParts.Disk, "Disk space.") { Default = "16MiB", Elsewhere = ["storage"] },
        new("ports", new FormatType.List(FormatParts.Name, 0, JobLimits.PortsMax),
            "Names, each of which gets a free port of the agent: {{ports.NAME}}.") { Default = "[]",
                Elsewhere = ["port"] },
    ], []);
}
