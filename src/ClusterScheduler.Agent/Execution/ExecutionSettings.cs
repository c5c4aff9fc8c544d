using System.Collections.Immutable;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Agent.Execution;

/// <summary>How one agent runs its tasks.</summary>
/// <param name="Directory">The agent's own directory; nobody else writes there.</param>
/// <param name="KeeperCommand">Starts the keeper; its arguments are added.</param>
public sealed record ExecutionSettings(string Directory, ImmutableArray<string> KeeperCommand)
{
    /// <summary>Told in a sentence of what went wrong and does not stop the work; from any thread.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>When the agent ends, however it ends, its tasks are killed (<c>csched run</c>).</summary>
    public bool DiesWithAgent { get; init; }

    /// <summary>A keeper with nothing to keep and no agent ends after so long.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When stdout or stderr grows beyond it, it is rotated; bytes; 0: never.</summary>
    public long LogBytesMax { get; init; } = 100L << 20;

    /// <summary>How many rotated files of each are kept; at least 1.</summary>
    public int LogBackups { get; init; } = 5;

    /// <summary>How many sandboxes of ended tasks are kept.</summary>
    public int SandboxesMax { get; init; } = 5_000;

    /// <summary>How long the sandbox of an ended task is kept.</summary>
    public TimeSpan SandboxAgeMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much of a failed task's output is kept with its status; bytes.</summary>
    public int EvidenceBytesMax { get; init; } = 2048;

    /// <summary>The execution of an agent as the settings want it.</summary>
    /// <param name="settings">Of every agent of the node.</param>
    /// <param name="directory">The agent's own directory.</param>
    /// <param name="diesWithAgent">See <see cref="DiesWithAgent"/>.</param>
    /// <param name="warn">See <see cref="Warn"/>.</param>
    public static ExecutionSettings Of(
        AgentSettings settings, string directory, bool diesWithAgent, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new ExecutionSettings(directory, Keeper.KeeperCommand.OfThisProgram())
        {
            Warn = warn,
            DiesWithAgent = diesWithAgent,
            Linger = settings.KeeperLinger,
            LogBytesMax = settings.LogBytesMax,
            LogBackups = settings.LogBackups,
            SandboxesMax = settings.SandboxesMax,
            SandboxAgeMax = settings.SandboxAgeMax,
            EvidenceBytesMax = settings.EvidenceBytesMax,
        };
    }
}
