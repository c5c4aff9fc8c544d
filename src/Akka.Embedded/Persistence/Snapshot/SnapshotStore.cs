using Akka.Actor;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// A snapshot store as an actor. Its author says how snapshots are saved, found and deleted. Without a snapshot an
/// actor recovers from more events, so a snapshot that could not be saved stops nobody.
/// </summary>
public abstract class SnapshotStore : ActorBase
{
    /// <summary>The snapshot with the highest number that matches, or null.</summary>
    protected abstract Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes one snapshot; a timestamp of <see cref="DateTime.MinValue"/> matches any.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Takes messages that are not of the persistence protocol.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case SnapshotProtocol.Load load:
                _ = Load(load, Sender);
                return true;
            case SnapshotProtocol.Save save:
                var metadata = Stamped(save.Metadata);
                _ = Answer(
                    Sender, () => SaveAsync(metadata, save.Snapshot), () => new SaveSnapshotSuccess(metadata),
                    cause => new SaveSnapshotFailure(metadata, cause));
                return true;
            case SnapshotProtocol.DeleteOne delete:
                _ = Answer(
                    Sender, () => DeleteAsync(delete.Metadata), () => new DeleteSnapshotSuccess(delete.Metadata),
                    cause => new DeleteSnapshotFailure(delete.Metadata, cause));
                return true;
            case SnapshotProtocol.DeleteMany delete:
                _ = Answer(
                    Sender, () => DeleteAsync(delete.PersistenceId, delete.Criteria),
                    () => new DeleteSnapshotsSuccess(delete.Criteria),
                    cause => new DeleteSnapshotsFailure(delete.Criteria, cause));
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private static SnapshotMetadata Stamped(SnapshotMetadata metadata) => metadata.Timestamp == DateTime.MinValue
        ? new SnapshotMetadata(metadata.PersistenceId, metadata.SequenceNr, Context.System.Scheduler.Now.UtcDateTime)
        : metadata;

    private async Task Load(SnapshotProtocol.Load load, IActorRef sender)
    {
        SnapshotProtocol answer;
        try
        {
            var criteria = load.Criteria.Limit(load.ToSequenceNr);
            var found = load.Criteria.Equals(SnapshotSelectionCriteria.None)
                ? null
                : await LoadAsync(load.PersistenceId, criteria).ConfigureAwait(false);
            answer = new SnapshotProtocol.Loaded(found, load.ToSequenceNr);
        }
        catch (Exception failure)
        {
            answer = new SnapshotProtocol.LoadFailed(Unwrapped(failure));
        }

        sender.Tell(answer, ActorRefs.NoSender);
    }

    private static async Task Answer(
        IActorRef sender, Func<Task> work, Func<object> success, Func<Exception, object> failed)
    {
        object answer;
        try
        {
            await work().ConfigureAwait(false);
            answer = success();
        }
        catch (Exception failure)
        {
            answer = failed(Unwrapped(failure));
        }

        sender.Tell(answer, ActorRefs.NoSender);
    }

    private static Exception Unwrapped(Exception e) =>
        e is AggregateException { InnerExceptions: [var single] } ? single : e;
}
