using System.Net.Sockets;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Stores;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClusterScheduler.Cli.Nodes.Stores;

/// <summary>What a failure of the database's driver means, in words that name the way out.</summary>
internal static class StoreTrouble
{
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    public static Exception Explain(StoreAddress store, Exception cause) => cause switch
    {
        PostgresException refused => OfServer(store, refused),
        SqliteException file => OfFile(store, file),
        NpgsqlException { InnerException: SocketException unreachable } =>
            Away(store, $"cannot be connected to: {unreachable.Message}", mayCome: true),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException =>
            Away(store, "does not answer", mayCome: true),
        NpgsqlException { Message: var why } when why.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            Denied(store, "asks for a password, and none is given"),
        NpgsqlException { Message: var why } when why.Contains("SSLRequest", StringComparison.Ordinal) =>
            Away(store, "cannot be used: what listens there is no PostgreSQL server", mayCome: false),
        _ => Away(store, $"cannot be used: {cause.Message}", mayCome: false),
    };

    private static Exception OfServer(StoreAddress store, PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Denied(store, "refuses the user name or the password"),
        PostgresErrorCodes.InsufficientPrivilege when refused.InvariantSeverity == "FATAL" =>
            Denied(store, $"does not let this user connect: {refused.MessageText}"),
        PostgresErrorCodes.InsufficientPrivilege =>
            Denied(store, $"does not let this user make tables: {refused.MessageText}"),
        PostgresErrorCodes.InvalidCatalogName =>
            Away(store, "has no database of that name; create it first (createdb)", mayCome: false),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            Away(store, "is starting or stopping", mayCome: true),
        PostgresErrorCodes.TooManyConnections =>
            Away(store, "has no connection left (max_connections)", mayCome: true),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            Away(store, "is read-only: connect to the primary", mayCome: false),
        _ => Away(store, $"refuses a statement: {refused.MessageText} ({refused.SqlState})", mayCome: false),
    };

    private static StoreNotThereException OfFile(StoreAddress store, SqliteException wrong) =>
        wrong.SqliteErrorCode switch
        {
            SqliteBusy => Away(store, "is locked by another process", mayCome: true),
            SqliteReadOnly => Away(store, "cannot be written", mayCome: false),
            SqliteFull => Away(store, "has no room left on its disk", mayCome: false),
            SqliteCannotOpen => Away(store, "cannot be opened or made: is there the directory, and may this user write "
                + "into it?", mayCome: false),
            SqliteNotADatabase => Away(store, "is another kind of file", mayCome: false),
            _ => Away(store, $"cannot be used: {wrong.Message}", mayCome: false),
        };

    private static UserException Denied(StoreAddress store, string what) =>
        new($"the store ({store.Display}) {what}", ExitCode.StoreDenied);

    private static StoreNotThereException Away(StoreAddress store, string what, bool mayCome) =>
        new($"the store ({store.Display}) {what}", mayCome);
}
