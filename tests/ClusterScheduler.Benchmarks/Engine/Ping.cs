namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>The message of the engine's benchmarks.</summary>
internal sealed record Ping
{
    internal static readonly Ping Instance = new();
}
