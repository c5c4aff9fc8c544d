namespace ClusterScheduler.Core.Allocation;

/// <summary>Says in words why an agent or a framework could not be taken.</summary>
public static class AllocatorFaults
{
    /// <summary>
    /// Whether the same agent could be taken later, without a change of its own: when others have left, or under
    /// another master, which may have other bounds and forgets names of resources that nobody has any more.
    /// </summary>
    public static bool MayPass(AllocatorFault fault) => fault is AllocatorFault.TooManyAgents
        or AllocatorFault.TooManyFrameworks or AllocatorFault.TooManyResourceNames or AllocatorFault.TotalTooLarge;

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
            AllocatorFault.TotalTooLarge => "with it the cluster's resources could not be added up exactly",
            AllocatorFault.AgentTooLarge =>
                "amounts of its own resources, or of what is used of them, are too large to be added up exactly",
            AllocatorFault.NegativeAmount => "an amount of its resources is below zero",
            AllocatorFault.PartsOverlap =>
                $"of its resources {refusal.Held} is there a second time, as {refusal.Asked}",
            AllocatorFault.UnknownFramework => $"it runs tasks of framework '{refusal.Framework}', which is not known",
            _ => $"it breaks a rule of the allocator in role '{refusal.Role}'",
        };
        return $"{refusal.Fault}: {words}";
    }
}
