using System.Collections.Immutable;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <content>What plugins override in the embedded engine and up to Akka.NET 1.5.41.</content>
public sealed partial class UnreliableJournal
{
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages) =>
        Write(messages, accepted => base.WriteMessagesAsync(accepted));
}

/// <content>What plugins override in the embedded engine and up to Akka.NET 1.5.41.</content>
public sealed partial class UnreliableSnapshotStore
{
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) =>
        Save(snapshot, () => base.SaveAsync(metadata, snapshot));

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Load(persistenceId, () => base.LoadAsync(persistenceId, criteria));
}
