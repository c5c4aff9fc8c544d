namespace ClusterScheduler.Cli.Commands;

/// <summary>Ends a command with a message for the user: what is wrong and what would be right.</summary>
internal sealed class UserException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
