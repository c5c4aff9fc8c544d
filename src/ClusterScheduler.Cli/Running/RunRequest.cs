namespace ClusterScheduler.Cli.Running;

/// <summary>What the user asked <c>csched run</c> for.</summary>
/// <param name="Agents">How many; none: what the file says, else the settings.</param>
/// <param name="Data">The directory; none: a new one.</param>
/// <param name="Config">A file with settings.</param>
internal sealed record RunRequest(
    string File,
    int? Agents,
    bool Json,
    bool Explain,
    string? Data,
    string? Config,
    TextWriter Output,
    TextWriter Errors);
