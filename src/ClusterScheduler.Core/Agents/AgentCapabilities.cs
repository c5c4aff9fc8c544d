namespace ClusterScheduler.Core.Agents;

/// <summary>What an agent can handle, as far as offers depend on it (Mesos: <c>AgentInfo.Capability</c>).</summary>
[Flags]
public enum AgentCapabilities
{
    /// <summary>Nothing beyond one plain role.</summary>
    None = 0,

    /// <summary>Frameworks with more than one role.</summary>
    MultiRole = 1,

    /// <summary>Roles with a slash.</summary>
    HierarchicalRole = 2,

    /// <summary>Everything above: what agents of this product report.</summary>
    All = MultiRole | HierarchicalRole,
}
