namespace Akka.Cluster.Sharding;

/// <summary>
/// Said by an entity to its parent: send me the stop message and keep what comes for me until I am gone.
/// </summary>
public sealed class Passivate(object stopMessage) : IShardRegionCommand
{
    public object StopMessage { get; } = stopMessage;
}

/// <summary>A command for the part that hosts entities, not for an entity.</summary>
public interface IShardRegionCommand;
