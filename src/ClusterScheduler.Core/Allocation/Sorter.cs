namespace ClusterScheduler.Core.Allocation;

/// <summary>How siblings are put in order.</summary>
public enum Sorter
{
    /// <summary>Weighted dominant resource fairness (Ghodsi et al., NSDI 2011): the least share first.</summary>
    Drf,

    /// <summary>Drawn at random by weight, from the seed of the settings.</summary>
    WeightedRandom,
}
