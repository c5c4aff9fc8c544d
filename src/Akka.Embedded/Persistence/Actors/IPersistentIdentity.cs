using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Under which identity, and where, an actor's events and snapshots are stored.</summary>
public interface IPersistentIdentity
{
    string PersistenceId { get; }

    /// <summary>HOCON path of the journal; null or empty for the default one.</summary>
    string JournalPluginId { get; }

    /// <summary>HOCON path of the snapshot store; null or empty for the default one.</summary>
    string SnapshotPluginId { get; }
}

public interface IPersistenceRecovery
{
    Recovery Recovery { get; }
}

public interface IPersistenceStash : IWithUnboundedStash
{
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}
