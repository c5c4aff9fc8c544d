namespace ClusterScheduler.Cli.Commands;

/// <summary>What csched returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done; of a run: every task finished.</summary>
    public const int Done = 0;

    /// <summary>A task failed, or what was asked for could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the job file or the settings are wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>Interrupted by the user (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
