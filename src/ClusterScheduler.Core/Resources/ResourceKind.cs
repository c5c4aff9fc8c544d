namespace ClusterScheduler.Core.Resources;

/// <summary>The three types of value that a resource can have (Mesos: <c>Value.Type</c>).</summary>
public enum ResourceKind
{
    /// <summary>An amount, such as cpus.</summary>
    Scalar,

    /// <summary>Whole numbers, such as ports.</summary>
    Ranges,

    /// <summary>Names, such as zones.</summary>
    Set,
}
