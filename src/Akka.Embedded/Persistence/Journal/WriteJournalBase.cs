using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What every journal does with events on their way in and out: its adapters.</summary>
public abstract class WriteJournalBase : ActorBase
{
    private readonly EventAdapters _adapters;

    protected WriteJournalBase()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _adapters = extension.AdaptersOfJournal(Context.Self);
    }

    /// <summary>The writes among the envelopes, their events as they are to be stored.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables) =>
        resequenceables.OfType<AtomicWrite>().Select(Adapt).ToList();

    /// <summary>What the actor recovers from in place of a stored event.</summary>
    protected IEnumerable<IPersistentRepresentation> AdaptFromJournal(IPersistentRepresentation representation)
    {
        if (_adapters.IsIdentity)
        {
            return [representation];
        }

        var payload = representation.Payload;
        return _adapters.Get(payload.GetType())
            .FromJournal(payload, representation.Manifest).Events
            .Select(representation.WithPayload);
    }

    protected IPersistentRepresentation AdaptToJournal(IPersistentRepresentation representation)
    {
        if (_adapters.IsIdentity)
        {
            return representation;
        }

        var payload = representation.Payload;
        var adapter = _adapters.Get(payload.GetType());
        return ReferenceEquals(adapter, IdentityEventAdapter.Instance)
            ? representation
            : representation.WithPayload(adapter.ToJournal(payload)).WithManifest(adapter.Manifest(payload));
    }

    internal AtomicWrite Adapt(AtomicWrite write) => _adapters.IsIdentity
        ? write
        : new AtomicWrite(write.Events.Select(AdaptToJournal).ToList());
}
