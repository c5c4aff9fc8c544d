namespace ClusterScheduler.Gateway.Views;

/// <summary>What runs here.</summary>
public sealed record VersionView(string Product, string Version, string Runtime, int Pid, DateTimeOffset Started);

/// <summary>Somebody listens.</summary>
public sealed record HealthView(string Status);
