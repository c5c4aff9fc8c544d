using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Parent of all regions and coordinators of a node.</summary>
internal sealed class ShardingGuardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}
