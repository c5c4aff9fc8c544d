using System.Collections.Immutable;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <content>What plugins override from Akka.NET 1.5.42 on.</content>
public sealed partial class UnreliableJournal
{
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken) =>
        Write(messages, accepted => base.WriteMessagesAsync(accepted, cancellationToken));
}

/// <content>What plugins override from Akka.NET 1.5.42 on.</content>
public sealed partial class UnreliableSnapshotStore
{
    protected override Task SaveAsync(
        SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken) =>
        Save(snapshot, () => base.SaveAsync(metadata, snapshot, cancellationToken));

    protected override Task<SelectedSnapshot> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        Load(persistenceId, () => base.LoadAsync(persistenceId, criteria, cancellationToken));
}
