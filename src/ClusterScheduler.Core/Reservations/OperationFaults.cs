namespace ClusterScheduler.Core.Reservations;

/// <summary>Says a refused operation in words.</summary>
public static class OperationFaults
{
    /// <summary>A sentence with the facts and what would be right.</summary>
    public static string Explain(OperationRefusal refusal) => refusal.Fault switch
    {
        OperationFault.Empty => "the operation names no resources",
        OperationFault.Revocable =>
            $"{refusal.Asked} is revocable; only other resources can be reserved or made to volumes",
        OperationFault.NotDynamic =>
            $"{refusal.Asked} has no dynamic reservation on top, as in cpus(+eng):2",
        OperationFault.OtherRole =>
            $"{refusal.Asked} is for another role than that of the offer; a framework reserves for the role in which "
            + "it was offered",
        OperationFault.VolumeOnIt => $"{refusal.Asked} is a volume: destroy it first",
        OperationFault.NotAVolume =>
            $"{refusal.Asked} is no volume on reserved disk, as in disk(+eng)[id=db,path=data]:1024",
        OperationFault.VolumeName =>
            $"{refusal.Asked}: the id must be a file name, and the path relative and without '..'",
        OperationFault.VolumeExists => $"{refusal.Asked}: there is a volume of this id in the role on the agent",
        OperationFault.NotThere => $"{refusal.Asked} is not there or in use; free is {refusal.There}",
        OperationFault.NamedTwice => $"{refusal.Asked}: a volume is named twice; an id is for one in the role",
        OperationFault.InUse => $"{refusal.Asked} is used by tasks: end them first",
        OperationFault.FixedSize =>
            $"{refusal.Asked} keeps its size: shared volumes and volumes on whole disks cannot be resized",
        OperationFault.WrongChange =>
            $"{refusal.Asked} cannot be resized by '{refusal.There}': name one volume, and disk of its reservation, "
            + "less than the volume when it shrinks",
        OperationFault.SourceDiffers =>
            $"{refusal.Asked} and its source {refusal.There} differ in more than dynamic reservations",
        OperationFault.LimitExceeded when refusal.Limit is { } breach =>
            $"{refusal.Asked}: role '{breach.Role}' is limited to {breach.Limit} {breach.Resource}; it consumes "
            + $"{breach.Held} and would come to consume {breach.Asked} more",
        OperationFault.LimitExceeded => $"{refusal.Asked}: a role would consume more than its limit",
        OperationFault.PartsOverlap =>
            $"{refusal.Asked} would be there twice, in {refusal.There}",
        OperationFault.UnknownAgent => "the agent is not known, or not connected",
        _ => throw new InvalidOperationException($"no words for {refusal.Fault}"),
    };
}
