using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Which entities of one shard run.</summary>
internal sealed class EntityStore : IdStore
{
    private readonly int _updatesPerWriteMax;

    public EntityStore(string typeName, string shard, ClusterShardingSettings settings)
        : base($"/sharding/{typeName}Shard/{shard}", settings) =>
        _updatesPerWriteMax = Context.System.Settings.Config.GetInt(
            ShardingDefaults.Path + ".event-sourced-remember-entities-store.max-updates-per-write");

    internal static Props Props(string typeName, string shard, ClusterShardingSettings settings) =>
        Akka.Actor.Props.Create(() => new EntityStore(typeName, shard, settings));

    protected override void Write(object message)
    {
        if (message is not Remember update)
        {
            Unhandled(message);
            return;
        }

        var events = Chunks(update.Started).Select(ids => (object)new EntitiesStarted(ids))
            .Concat(Chunks(update.Stopped).Select(ids => (object)new EntitiesStopped(ids))).ToList();
        var unwritten = events.Count;
        PersistAll(events, written =>
        {
            OnRecover(written);
            SnapshotNowAndThen();
            if (--unwritten == 0)
                Context.Parent.Tell(new Remembered(update));
        });
    }

    private IEnumerable<ImmutableArray<string>> Chunks(ImmutableHashSet<string> ids) =>
        ids.Order(StringComparer.Ordinal).Chunk(Math.Max(1, _updatesPerWriteMax))
            .Select(chunk => chunk.ToImmutableArray());
}
