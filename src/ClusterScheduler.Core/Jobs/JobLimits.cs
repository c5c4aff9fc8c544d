namespace ClusterScheduler.Core.Jobs;

/// <summary>Every limit of the job model, in one place. Where Aurora has the limit, its figure is taken.</summary>
public static class JobLimits
{
    /// <summary>Characters in a role, environment, job, process, port or agent name (Aurora).</summary>
    public const int NameLengthMax = 255;

    /// <summary>Instances of one job (Aurora: max_tasks_per_job).</summary>
    public const int InstancesMax = 4_000;

    /// <summary>Jobs in one file.</summary>
    public const int JobsPerFileMax = 1_000;

    /// <summary>Agents that one file may ask for on one machine.</summary>
    public const int AgentsPerFileMax = 100;

    /// <summary>Instances of all jobs of one file together.</summary>
    public const int TasksPerFileMax = 100_000;

    /// <summary>Processes of one task.</summary>
    public const int ProcessesMax = 100;

    /// <summary>Failed runs of one process that are waited out when its limit is 0 (Aurora on Mesos: 100).</summary>
    public const int ProcessFailuresMax = 100;

    /// <summary>Failed attempts that one instance may be allowed.</summary>
    public const int TaskFailuresMax = 1_000;

    /// <summary>Named ports of one task.</summary>
    public const int PortsMax = 100;

    /// <summary>Entries of one map (environment, attributes, constraints) or list of names.</summary>
    public const int EntriesMax = 1_000;

    /// <summary>Characters in one command line, argument or value of a variable.</summary>
    public const int CommandLengthMax = 100_000;

    /// <summary>Processors of one task or agent.</summary>
    public const int CpusMax = 10_000;

    /// <summary>Memory of one task or agent, MiB: 64 TiB.</summary>
    public const long MemMiBMax = 64L * 1024 * 1024;

    /// <summary>Disk of one task or agent, MiB: 1 PiB.</summary>
    public const long DiskMiBMax = 1024L * 1024 * 1024;

    /// <summary>The highest priority; the lowest is its negative.</summary>
    public const int PriorityMax = Tasks.TaskRules.PriorityMax;

    /// <summary>The longest grace between SIGTERM and SIGKILL.</summary>
    public static TimeSpan KillGraceMax => TimeSpan.FromHours(1);

    /// <summary>The longest time for stopping and final processes (Aurora caps it at 60 s).</summary>
    public static TimeSpan FinalizationWaitMax => TimeSpan.FromSeconds(60);

    /// <summary>The longest time between two starts of a process.</summary>
    public static TimeSpan MinDurationMax => TimeSpan.FromDays(1);
}
