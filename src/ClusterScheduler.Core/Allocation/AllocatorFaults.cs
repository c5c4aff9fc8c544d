namespace ClusterScheduler.Core.Allocation;

/// <summary>Says in words why an agent or a framework could not be taken.</summary>
public static class AllocatorFaults
{
    /// <summary>A sentence that begins with the reason.</summary>
    public static string Say(AllocatorRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var words = refusal.Fault switch
        {
            AllocatorFault.TooManyAgents => "the cluster has as many agents as it may have",
            AllocatorFault.TooManyFrameworks => "the cluster has as many frameworks as it may have",
            AllocatorFault.TooManyRoles => "it is in more roles than a framework may be in",
            AllocatorFault.TooManyResourceNames =>
                "with it the cluster would have more names of custom resources than it may have",
            AllocatorFault.TotalTooLarge => "amounts of its resources are too large to be added up exactly",
            AllocatorFault.NegativeAmount => "an amount of its resources is below zero",
            AllocatorFault.UnknownFramework => $"it runs tasks of framework '{refusal.Framework}', which is not known",
            _ => $"it breaks a rule of the allocator in role '{refusal.Role}'",
        };
        return $"{refusal.Fault}: {words}";
    }
}
