using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Which shards of a type with remembered entities there are, so that each starts without being asked for.
/// </summary>
internal sealed class CoordinatorStore : IdStore
{
    public CoordinatorStore(string typeName, ClusterShardingSettings settings)
        : base($"/sharding/{typeName}Coordinator", settings)
    {
    }

    internal static Props Props(string typeName, ClusterShardingSettings settings) =>
        Akka.Actor.Props.Create(() => new CoordinatorStore(typeName, settings));

    protected override void Write(object message)
    {
        if (message is not RememberShard remember)
        {
            Unhandled(message);
            return;
        }

        if (Ids.Contains(remember.Shard))
        {
            Context.Parent.Tell(new ShardRemembered(remember.Shard));
            return;
        }

        Persist(new ShardAdded(remember.Shard), added =>
        {
            OnRecover(added);
            Context.Parent.Tell(new ShardRemembered(added.Shard));
            SnapshotNowAndThen();
        });
    }
}
