namespace ClusterScheduler.Core.Reservations;

/// <summary>Names a persistent volume on its agent.</summary>
/// <param name="Role">The role that it is reserved to.</param>
/// <param name="Id">Unique in the role on the agent.</param>
public sealed record VolumeName(string Role, string Id);
