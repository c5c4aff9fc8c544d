namespace ClusterScheduler.Core.Placement;

/// <summary>One way to choose agents. Deterministic: the same request gives the same answer, whatever the order of
/// its agents.</summary>
public interface IPlacementPolicy
{
    /// <summary>As job files name it.</summary>
    string Name { get; }

    /// <summary>Places as many tasks as it can; never breaks a rule of <see cref="VetoRules"/>.</summary>
    PlacementResult Place(PlacementRequest request);
}
