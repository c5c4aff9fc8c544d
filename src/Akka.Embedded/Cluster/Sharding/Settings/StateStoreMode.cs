namespace Akka.Cluster.Sharding;

/// <summary>Where a coordinator keeps its state. The embedded engine's keeps none and takes either word.</summary>
public enum StateStoreMode
{
    Persistence = 0,
    DData = 1,
    Custom = 2,
}
