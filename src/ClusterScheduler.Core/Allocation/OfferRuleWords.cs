namespace ClusterScheduler.Core.Allocation;

/// <summary>Says a rule in words.</summary>
public static class OfferRuleWords
{
    /// <summary>What the rule means for an agent that it keeps away.</summary>
    public static string Of(OfferRule rule) => rule switch
    {
        OfferRule.None => "can be offered in the next round",
        OfferRule.AgentsAwaited => "held back: after a failover offers wait until most agents are back",
        OfferRule.FrameworkInactive => "kept away: the framework's scheduler is not connected",
        OfferRule.Suppressed => "kept away: the framework wants no offers in this role (suppressed)",
        OfferRule.AgentInactive => "deactivated, draining or not back yet",
        OfferRule.AgentLacksMultiRole => "cannot handle frameworks with several roles",
        OfferRule.AgentLacksHierarchicalRole => "cannot handle roles with a slash",
        OfferRule.Gpu => "have GPUs, which are kept for frameworks with GPU_RESOURCES",
        OfferRule.Region => "are in another region, and the framework lacks REGION_AWARE",
        OfferRule.Constraints => "are excluded by the framework's offer constraints",
        OfferRule.NothingFree => "have nothing free",
        OfferRule.NotForThisRole => "have nothing free that is for this role and understood by the framework",
        OfferRule.QuotaLimit => "kept away: a limit of the role, or of one above it, leaves too little room",
        OfferRule.Headroom => "kept away: what is free is kept for guarantees of other roles",
        OfferRule.BelowMinimum => "have less free than the smallest offer",
        OfferRule.Filtered => "filtered: the framework declined at least as much there",
        OfferRule.TooSmall => "have too little free for the demand",
        _ => throw new InvalidOperationException($"no words for {rule}"),
    };
}
