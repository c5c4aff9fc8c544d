namespace ClusterScheduler.Cli.Running;

/// <summary>Shows a run while it goes on.</summary>
internal interface IRunView : IDisposable
{
    /// <summary>The cluster is up.</summary>
    void Ready(RunStart start);

    /// <summary>Something changed.</summary>
    void Changed(RunSnapshot before, RunSnapshot now);

    /// <summary>The user interrupted, or something else is worth a line.</summary>
    void Note(string text);

    /// <summary>It is over.</summary>
    void Ended(RunOutcome outcome);
}

/// <summary>What was started.</summary>
/// <param name="Hosts">The agents' host names.</param>
internal sealed record RunStart(TimeSpan Elapsed, IReadOnlyList<string> Hosts, int Jobs, int Tasks, string Directory);
