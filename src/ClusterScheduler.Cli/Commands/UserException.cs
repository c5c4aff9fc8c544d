namespace ClusterScheduler.Cli.Commands;

/// <summary>Ends a command with a message for the user: what is wrong and what would be right.</summary>
internal sealed class UserException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The gateway refused a change of what is another by now: it can be read again and changed.</summary>
    public bool IsConflict { get; init; }

    /// <summary>It may be over in a moment: the gateway, or what it asks, is not there or takes no more now.</summary>
    public bool MayPass { get; init; }

    /// <summary>Nothing came for a while of an answer that had begun.</summary>
    public bool IsSilence { get; init; }
}
