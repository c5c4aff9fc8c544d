using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence.Journal;
using Akka.Persistence.Plugins;
using Akka.Persistence.Sql;
using Akka.Remote;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of one actor system; each is started when it is first asked for.</summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotStoreFallback = "akka.persistence.snapshot-store-plugin-fallback";

    private readonly PluginRegistry _journals;
    private readonly PluginRegistry _snapshotStores;

    public PersistenceExtension(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        Stores = new EventStores(GuardOf(system));
        var config = system.Settings.Config.GetConfig("akka.persistence");
        _journals = new PluginRegistry(system, "journal", config.GetString("journal.plugin"), JournalFallback);
        _snapshotStores = new PluginRegistry(
            system, "snapshot store", config.GetString("snapshot-store.plugin"), SnapshotStoreFallback);
        RecoveryPermits = new RecoveryPermits(Math.Max(1, config.GetInt("max-concurrent-recoveries")));
        DefaultInternalStashOverflowStrategy = PluginTypes
            .Create<IStashOverflowStrategyConfigurator>(
                config.GetString("internal-stash-overflow-strategy"),
                "akka.persistence.internal-stash-overflow-strategy")
            .Create(system.Settings.Config);
        foreach (var journal in config.GetStringList("journal.auto-start-journals"))
        {
            JournalFor(journal);
        }

        foreach (var store in config.GetStringList("snapshot-store.auto-start-snapshot-stores"))
        {
            SnapshotStoreFor(store);
        }
    }

    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy { get; }

    internal RecoveryPermits RecoveryPermits { get; }

    internal EventStores Stores { get; }

    /// <summary>Which incarnation of the system wrote an event.</summary>
    internal string WriterUuid { get; } = Guid.NewGuid().ToString();

    /// <summary>The journal whose HOCON path is given; null or empty: the default one.</summary>
    public IActorRef JournalFor(string? journalPluginId) => _journals.Get(journalPluginId).Actor;

    /// <summary>The snapshot store whose HOCON path is given; null or empty: the default one.</summary>
    public IActorRef SnapshotStoreFor(string? snapshotPluginId) => _snapshotStores.Get(snapshotPluginId).Actor;

    /// <summary>The event adapters that the journal's configuration binds.</summary>
    public EventAdapters AdaptersFor(string? journalPluginId) => _journals.Get(journalPluginId).Adapters;

    /// <summary>The identity under which an actor without one of its own would be stored.</summary>
    public string PersistenceId(IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Path.ToStringWithoutAddress();
    }

    internal TimeSpan RecoveryEventTimeout(string? journalPluginId) =>
        _journals.Get(journalPluginId).RecoveryEventTimeout;

    internal Config ConfigOfJournal(IActorRef journal) => _journals.ConfigOf(journal);

    internal EventAdapters AdaptersOfJournal(IActorRef journal) => _journals.AdaptersOf(journal);

    private static WriterGuard GuardOf(ExtendedActorSystem system)
    {
        if (system.Provider is not RemoteActorRefProvider { IsCluster: true })
        {
            return WriterGuard.None;
        }

        var cluster = Akka.Cluster.Cluster.Get(system);
        return new WriterGuard(() => cluster.StoredAs, cluster.NoteRemoved, Logging.GetLogger(system, "persistence"));
    }
}
