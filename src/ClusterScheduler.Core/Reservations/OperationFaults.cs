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
            $"{refusal.Asked} is for another role than that of the offer; a framework reserves for its own or below",
        OperationFault.VolumeOnIt => $"{refusal.Asked} is a volume: destroy it first",
        OperationFault.NotAVolume =>
            $"{refusal.Asked} is no volume on reserved disk, as in disk(+eng)[id=db,path=data]:1024",
        OperationFault.VolumeName =>
            $"{refusal.Asked}: the id must be a file name, and the path relative and without '..'",
        OperationFault.VolumeExists => $"{refusal.Asked}: there is a volume of this id in the role on the agent",
        OperationFault.NotThere => $"{refusal.Asked} is not there or in use; free is {refusal.There}",
        OperationFault.UnknownAgent => "the agent is not known, or not connected",
        _ => throw new InvalidOperationException($"no words for {refusal.Fault}"),
    };
}
