namespace ClusterScheduler.Core.Resources;

/// <summary>What kind of space a disk resource is (Mesos: <c>Resource.DiskInfo.Source.Type</c>).</summary>
public enum DiskSourceKind
{
    /// <summary>A directory that can be cut in pieces.</summary>
    Path,

    /// <summary>A whole mounted file system; never split.</summary>
    Mount,

    /// <summary>A raw block volume; never split.</summary>
    Block,

    /// <summary>Space of a storage provider that is not formatted yet.</summary>
    Raw,
}

/// <summary>Where a disk resource lies.</summary>
/// <param name="Kind">Kind of space.</param>
/// <param name="Root">Path on the agent for PATH and MOUNT; null otherwise.</param>
/// <param name="Id">The provider's name of it, if any.</param>
/// <param name="Profile">The provider's class of space, if any.</param>
/// <param name="Vendor">The provider's kind, if any.</param>
public sealed record DiskSource(
    DiskSourceKind Kind, string? Root = null, string? Id = null, string? Profile = null, string? Vendor = null);

/// <summary>A persistent volume on reserved disk.</summary>
/// <param name="Id">Unique per role and agent.</param>
/// <param name="Principal">Who made it; null when nobody is named.</param>
/// <param name="ContainerPath">Relative path inside the container; the only mode is read-write.</param>
public sealed record DiskVolume(string Id, string? Principal, string ContainerPath);

/// <summary>What tells one disk resource from another: its source, and the volume made on it.</summary>
/// <param name="Source">Null for the agent's default disk.</param>
/// <param name="Volume">Null where no persistent volume was made.</param>
public sealed record DiskInfo(DiskSource? Source, DiskVolume? Volume);
