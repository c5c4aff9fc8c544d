using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// A set of ids that outlives its parent. Tells the parent what it holds when it has recovered; takes a snapshot now
/// and then and deletes what lies before the oldest one that is kept.
/// </summary>
internal abstract class IdStore : UntypedPersistentActor
{
    private readonly TuningParameters _tuning;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    protected IdStore(string persistenceId, ClusterShardingSettings settings)
    {
        PersistenceId = persistenceId;
        JournalPluginId = settings.JournalPluginId;
        SnapshotPluginId = settings.SnapshotPluginId;
        _tuning = settings.TuningParameters;
    }

    public override string PersistenceId { get; }

    protected HashSet<string> Ids => _ids;

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case EntitiesStarted started:
                _ids.UnionWith(started.Ids);
                break;
            case EntitiesStopped stopped:
                _ids.ExceptWith(stopped.Ids);
                break;
            case ShardAdded added:
                _ids.Add(added.Shard);
                break;
            case SnapshotOffer { Snapshot: KnownIds known }:
                _ids.UnionWith(known.Ids);
                break;
            case RecoveryCompleted:
                Context.Parent.Tell(new RememberedIds([.. _ids]));
                break;
            default:
                throw new InvalidOperationException($"{PersistenceId} has no use for a stored {message.GetType()}.");
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                DeleteOlder(saved.Metadata.SequenceNr);
                break;
            case SaveSnapshotFailure failed:
                Log.Warning("{0} could not take a snapshot: {1}", PersistenceId, failed.Cause.Message);
                break;
            case DeleteMessagesFailure failed:
                Log.Warning("{0} could not delete old events: {1}", PersistenceId, failed.Cause.Message);
                break;
            case DeleteSnapshotsFailure failed:
                Log.Warning("{0} could not delete old snapshots: {1}", PersistenceId, failed.Cause.Message);
                break;
            case DeleteMessagesSuccess or DeleteSnapshotsSuccess:
                break;
            default:
                Write(message);
                break;
        }
    }

    protected abstract void Write(object message);

    protected void SnapshotNowAndThen()
    {
        if (_tuning.SnapshotAfter > 0 && LastSequenceNr % _tuning.SnapshotAfter == 0)
            SaveSnapshot(new KnownIds([.. _ids.Order(StringComparer.Ordinal)]));
    }

    private void DeleteOlder(long snapshotAt)
    {
        var upTo = snapshotAt - ((long)_tuning.KeepNrOfBatches * _tuning.SnapshotAfter);
        if (upTo <= 0)
            return;
        DeleteMessages(upTo);
        DeleteSnapshots(new SnapshotSelectionCriteria(upTo - 1));
    }
}
