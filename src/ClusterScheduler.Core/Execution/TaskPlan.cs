using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// What a task runs: one or more processes, an order among them, and how much may go wrong (Aurora's Thermos task).
/// A plain command is a plan of one process.
/// </summary>
/// <param name="Processes">At least one, each name once.</param>
/// <param name="Order">Pairs that must run one after the other; no cycle. Empty: all at once.</param>
/// <param name="MaxFailures">How many processes may fail for good before the task does; 0 means any number.</param>
/// <param name="MaxConcurrency">How many may run at once; 0 means any number.</param>
/// <param name="KillGrace">Between SIGTERM and SIGKILL when the task is killed.</param>
/// <param name="FinalizationWait">How long stopping and the final processes may take together.</param>
/// <param name="Environment">Added to what the agent sets; later entries win over earlier of the same name.</param>
public sealed record TaskPlan(
    ImmutableArray<ProcessSpec> Processes,
    ImmutableArray<ProcessOrder> Order,
    int MaxFailures,
    int MaxConcurrency,
    TimeSpan KillGrace,
    TimeSpan FinalizationWait,
    ImmutableArray<EnvironmentVariable> Environment)
{
    /// <summary>The grace of a kill where nothing else is said (Mesos: executor_shutdown_grace_period).</summary>
    public static TimeSpan DefaultKillGrace => TimeSpan.FromSeconds(5);

    /// <summary>Aurora's finalization_wait.</summary>
    public static TimeSpan DefaultFinalizationWait => TimeSpan.FromSeconds(30);

    /// <summary>A plan of one process with the defaults.</summary>
    /// <param name="arguments">What is executed; the first is the program.</param>
    public static TaskPlan Of(params ImmutableArray<string> arguments) => new(
        [new ProcessSpec("command", arguments)], [], 1, 0, DefaultKillGrace, DefaultFinalizationWait, []);

    /// <summary>A plan of one process, run by <c>/bin/sh -c</c>.</summary>
    public static TaskPlan OfShell(string commandLine) => Of("/bin/sh", "-c", commandLine);
}

/// <summary>One process of a plan.</summary>
/// <param name="Name">Unique within the plan.</param>
/// <param name="Arguments">What is executed, the program first; a shell line is <c>/bin/sh -c LINE</c>.</param>
public sealed record ProcessSpec(string Name, ImmutableArray<string> Arguments)
{
    /// <summary>How many runs may fail before the process fails for good; 0: as often as the agent's cap.</summary>
    public int MaxFailures { get; init; } = 1;

    /// <summary>Runs again also after success.</summary>
    public bool Daemon { get; init; }

    /// <summary>The task's end does not wait for it.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Runs after all the others ended, whatever came of them.</summary>
    public bool Final { get; init; }

    /// <summary>Least time from one start to the next.</summary>
    public TimeSpan MinDuration { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>The second process starts after the first succeeded.</summary>
/// <param name="Before">Name of the one that goes first.</param>
/// <param name="After">Name of the one that waits for it.</param>
public readonly record struct ProcessOrder(string Before, string After);

/// <summary>One variable of a task's environment.</summary>
/// <param name="Name">Not empty, without '=' and NUL.</param>
/// <param name="Value">Any text without NUL.</param>
public readonly record struct EnvironmentVariable(string Name, string Value);
