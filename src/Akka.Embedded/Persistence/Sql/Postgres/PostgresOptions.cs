using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>Which server and database, and how they are used.</summary>
/// <param name="ConnectionString">With the limits below added where it does not set its own.</param>
/// <param name="Name">Server and database for messages; never the password.</param>
/// <param name="Create">Whether the tables are made when they are missing.</param>
/// <param name="WaitingLimit">How many writes may wait; more are refused.</param>
internal sealed record PostgresOptions(string ConnectionString, string Name, bool Create, int WaitingLimit)
{
    /// <summary>
    /// A server that is frozen, cut off or blocked by a lock is an error within seconds, on both ends: an actor that
    /// waits for ever is worse than one that stops.
    /// </summary>
    private const string ServerLimits =
        "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=10000 "
        + "-c tcp_user_timeout=10000";

    public static PostgresOptions Parse(string connectionString, bool create, int waitingLimit)
    {
        var builder = Builder(connectionString);
        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new EventStoreException(EventStoreTrouble.Unreachable,
                "The connection string names no Host. Write \"Host=...;Database=...;Username=...;Password=...\".");
        }

        SetUnlessGiven(builder, "Timeout", 5);
        SetUnlessGiven(builder, "Command Timeout", 15);
        SetUnlessGiven(builder, "Keepalive", 5);
        SetUnlessGiven(builder, "Max Auto Prepare", 50);
        SetUnlessGiven(builder, "Auto Prepare Min Usages", 2);
        SetUnlessGiven(builder, "Maximum Pool Size", 12);
        SetUnlessGiven(builder, "Application Name", "akka-persistence");
        SetUnlessGiven(builder, "Options", ServerLimits);
        var name = $"{builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}";
        return new PostgresOptions(builder.ConnectionString, name, create, waitingLimit);
    }

    private static NpgsqlConnectionStringBuilder Builder(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            throw new EventStoreException(EventStoreTrouble.Unreachable,
                $"The connection string is not one for PostgreSQL: {wrong.Message}", wrong);
        }
    }

    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }
}
