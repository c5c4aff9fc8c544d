using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Reservations;

/// <summary>What can be done to resources without running anything on them (Mesos: Offer.Operation).</summary>
public enum OperationKind
{
    /// <summary>Puts a dynamic layer of reservation on resources.</summary>
    Reserve,

    /// <summary>Takes the top layer, a dynamic one, off.</summary>
    Unreserve,

    /// <summary>Makes a persistent volume of reserved disk.</summary>
    Create,

    /// <summary>Makes disk of a persistent volume again; what is in it is lost.</summary>
    Destroy,

    /// <summary>Adds disk of the same reservation to a volume that is not shared; what is in it stays.</summary>
    GrowVolume,

    /// <summary>Gives back a part of a volume that is not shared; what is in it stays.</summary>
    ShrinkVolume,
}

/// <summary>One operation.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Resources">
/// The resources as they are with the layer or the volume: after RESERVE and CREATE, before UNRESERVE and DESTROY. The
/// one volume of its present size for GROW_VOLUME and SHRINK_VOLUME.
/// </param>
public sealed record ResourceOperation(OperationKind Kind, ResourceSet Resources)
{
    /// <summary>The author's name of it, for feedback; empty when none is wanted.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>
    /// For RESERVE: the resources as they are now, when dynamic layers come off in the same step, as in
    /// <c>cpus(+ads):2</c> that becomes <c>cpus(+eng):2</c>. Empty: they lack the top layer only.
    /// </summary>
    public ResourceSet Source { get; init; }

    /// <summary>
    /// For GROW_VOLUME what is added and for SHRINK_VOLUME what is given back, less than the volume: disk of the
    /// volume's reservation and source, as in <c>disk(+eng):512</c>. Empty for the other kinds.
    /// </summary>
    public ResourceSet Change { get; init; }
}

/// <summary>Resources that become other resources of the same amount.</summary>
/// <param name="Before">What they were.</param>
/// <param name="After">What they are.</param>
public sealed record ResourceConversion(ResourceSet Before, ResourceSet After);

/// <summary>Why an operation is refused.</summary>
public enum OperationFault
{
    /// <summary>It names no resources.</summary>
    Empty,

    /// <summary>Revocable resources can be neither reserved nor made to volumes.</summary>
    Revocable,

    /// <summary>The top layer of a reservation is missing or static.</summary>
    NotDynamic,

    /// <summary>A framework reserves for the role of its offer.</summary>
    OtherRole,

    /// <summary>There is a volume on the resources.</summary>
    VolumeOnIt,

    /// <summary>Only reserved disk can be a volume, and only a volume can be destroyed.</summary>
    NotAVolume,

    /// <summary>A volume's id is a file name, its container path relative and without "..".</summary>
    VolumeName,

    /// <summary>There is a volume of this id in the role on the agent.</summary>
    VolumeExists,

    /// <summary>The resources are not there, or in use.</summary>
    NotThere,

    /// <summary>The agent is not known, or not connected.</summary>
    UnknownAgent,

    /// <summary>A volume is named twice.</summary>
    NamedTwice,

    /// <summary>Tasks use the shared volume.</summary>
    InUse,

    /// <summary>Shared volumes and volumes on whole disks keep their size.</summary>
    FixedSize,

    /// <summary>One volume is resized, by disk of its own reservation; it shrinks by less than its size.</summary>
    WrongChange,

    /// <summary>What is reserved anew may differ from its source in dynamic layers only.</summary>
    SourceDiffers,

    /// <summary>A role would consume more than its limit, by reservations or by what it was offered.</summary>
    LimitExceeded,

    /// <summary>One port, or another number or text, would be in two parts, such as in two reservations.</summary>
    PartsOverlap,
}

/// <summary>A refused operation with its facts.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Asked">The resources that it is about.</param>
/// <param name="There">What there is instead, where that matters.</param>
public sealed record OperationRefusal(OperationFault Fault, ResourceSet Asked, ResourceSet There = default)
{
    /// <summary>Whose limit, where one is exceeded.</summary>
    public LimitBreach? Limit { get; init; }
}
