namespace ClusterScheduler.Runtime.Entities;

/// <summary>
/// The names under which the parts of a cluster find one another. A process of a framework author uses them as well,
/// so they never change.
/// </summary>
public static class ClusterNames
{
    /// <summary>Nodes that may run the master, and lead the cluster.</summary>
    public const string MasterRole = "master";

    /// <summary>Nodes that host the entities of frameworks and tasks, and the service scheduler.</summary>
    public const string FrameworkRole = "framework";

    /// <summary>Nodes that run tasks.</summary>
    public const string AgentRole = "agent";

    /// <summary>Nodes that serve HTTP.</summary>
    public const string GatewayRole = "gateway";

    /// <summary>The singleton of level one, below /user, and its proxy.</summary>
    public const string Master = "master";

    /// <summary>The singleton of the service scheduler, below /user, and its proxy.</summary>
    public const string Services = "services";

    /// <summary>Entities of frameworks: the sharding's type name.</summary>
    public const string Frameworks = "frameworks";

    /// <summary>Entities of tasks: the sharding's type name.</summary>
    public const string Tasks = "tasks";

    /// <summary>All roles, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Roles { get; } = [MasterRole, FrameworkRole, AgentRole, GatewayRole];
}
