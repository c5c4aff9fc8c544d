using Akka.Configuration;
using Akka.Persistence.Sql.Postgres;
using Akka.Persistence.Sql.Sqlite;

namespace Akka.Persistence.Sql;

/// <summary>
/// The stores of one actor system, by connection. A journal and a snapshot store with the same connection share one
/// store, and with it one writer and its transactions.
/// </summary>
internal sealed class EventStores(WriterGuard guard)
{
    private readonly Dictionary<(string Provider, string Connection), Shared> _open = [];
    private readonly object _gate = new();

    /// <summary>Gives back a store that must be released.</summary>
    public IEventStore Acquire(Config config, string path)
    {
        var provider = config.GetString("provider-name", "");
        var connection = config.GetString("connection-string", "");
        lock (_gate)
        {
            if (!_open.TryGetValue((provider, connection), out var shared))
            {
                shared = new Shared(OpenOrExplain(config, path, provider, connection));
                _open.Add((provider, connection), shared);
            }

            shared.Users++;
            return shared.Store;
        }
    }

    public void Release(IEventStore store)
    {
        lock (_gate)
        {
            var (key, shared) = _open.Single(entry => ReferenceEquals(entry.Value.Store, store));
            if (--shared.Users > 0)
            {
                return;
            }

            _open.Remove(key);
        }

        store.Dispose();
    }

    private IEventStore OpenOrExplain(Config config, string path, string provider, string connection)
    {
        try
        {
            return Open(config, path, provider, connection);
        }
        catch (Exception wrong) when (wrong is ConfigurationException or EventStoreException)
        {
            return new UnusableEventStore(wrong);
        }
    }

    private IEventStore Open(Config config, string path, string provider, string connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new ConfigurationException($"{path}.connection-string is not set.");
        }

        var create = config.GetBoolean("auto-initialize", true);
        var waitingLimit = config.GetInt("buffer-size", 100_000);
        if (provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase))
        {
            return new SqliteEventStore(SqliteOptions.Parse(connection, create, waitingLimit), guard);
        }

        if (provider.StartsWith("PostgreSQL", StringComparison.OrdinalIgnoreCase))
        {
            return new PostgresEventStore(PostgresOptions.Parse(connection, create, waitingLimit), guard);
        }

        throw new ConfigurationException(
            $"{path}.provider-name is '{provider}'; it must be SQLite or PostgreSQL.");
    }

    private sealed class Shared(IEventStore store)
    {
        public IEventStore Store { get; } = store;

        public int Users { get; set; }
    }
}
