namespace Akka.Cluster.Sharding;

/// <summary>Tells a region to hand all its shards to others and then to stop.</summary>
public sealed class GracefulShutdown : IShardRegionCommand
{
    public static readonly GracefulShutdown Instance = new();

    private GracefulShutdown()
    {
    }
}
