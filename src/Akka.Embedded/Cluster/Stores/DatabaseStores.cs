using Akka.Configuration;

namespace Akka.Cluster.Stores;

/// <summary>The store that the settings name.</summary>
internal static class DatabaseStores
{
    internal static IMembershipStore Create(EmbeddedSettings settings, string cluster)
    {
        if (string.IsNullOrWhiteSpace(settings.StoreConnection))
            throw new ConfigurationException(
                "akka.cluster.embedded.store has a provider-name, but no connection-string.");
        return settings.StoreProvider switch
        {
            var name when name.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase) =>
                new SqliteMembershipStore(settings.StoreConnection, cluster),
            var name when name.StartsWith("PostgreSQL", StringComparison.OrdinalIgnoreCase) =>
                new PostgresMembershipStore(settings.StoreConnection, cluster),
            var name => throw new ConfigurationException(
                $"akka.cluster.embedded.store.provider-name is '{name}'; it must be SQLite, PostgreSQL or empty."),
        };
    }
}
