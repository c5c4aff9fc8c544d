namespace Akka.Cluster.Sharding;

/// <summary>Where remembered entities are written down. The embedded engine has the event-sourced store only.</summary>
public enum RememberEntitiesStore
{
    DData = 0,
    Eventsourced = 1,
    Custom = 2,
}
