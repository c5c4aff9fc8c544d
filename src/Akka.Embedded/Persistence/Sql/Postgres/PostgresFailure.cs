using System.Net.Sockets;
using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>What a failure of the driver or the server means, in words that name the way out.</summary>
internal static class PostgresFailure
{
    public static EventStoreException Translate(PostgresOptions options, Exception cause)
    {
        var (trouble, what) = cause switch
        {
            EventStoreException known => (known.Trouble, known.Message),
            PostgresException refused => Refused(refused),
            NpgsqlException { InnerException: SocketException unreachable } => (EventStoreTrouble.Unreachable,
                $"cannot be connected to: {unreachable.Message}"),
            NpgsqlException { InnerException: TimeoutException } or TimeoutException => (EventStoreTrouble.Unreachable,
                "does not answer in time"),
            _ => (EventStoreTrouble.Unreachable, $"cannot be used: {cause.Message}"),
        };
        return cause as EventStoreException
               ?? new EventStoreException(trouble, $"PostgreSQL at {options.Name} {what}.", cause);
    }

    /// <summary>Whether the server is still there and only refused a statement.</summary>
    public static bool IsRefusal(Exception cause) => cause is PostgresException
    {
        SqlState: not null and not ['5', '7', ..] and not ['0', '8', ..] and not ['2', '8', ..] and not ['5', '3', ..]
            and not ['5', '8', ..] and not ['X', 'X', ..],
    };

    private static (EventStoreTrouble Trouble, string What) Refused(PostgresException refused) =>
        refused.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                EventStoreTrouble.Unreachable, "refuses the user name or the password"),
            PostgresErrorCodes.InvalidCatalogName => (EventStoreTrouble.Unreachable,
                "has no database of that name; create it first (createdb)"),
            PostgresErrorCodes.InsufficientPrivilege => (EventStoreTrouble.Unreachable,
                $"does not allow it to this user: {refused.MessageText}"),
            PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
                or PostgresErrorCodes.CrashShutdown => (EventStoreTrouble.Unreachable,
                    $"is starting or stopping: {refused.MessageText}"),
            PostgresErrorCodes.TooManyConnections => (EventStoreTrouble.Unreachable,
                "has no connection left (max_connections)"),
            PostgresErrorCodes.ReadOnlySqlTransaction => (EventStoreTrouble.Unreachable,
                "is read-only: connect to the primary"),
            PostgresErrorCodes.DiskFull => (EventStoreTrouble.Full, "has no room left on its disk"),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.QueryCanceled => (EventStoreTrouble.Locked,
                    $"did not do it in time: {refused.MessageText}"),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => (EventStoreTrouble.Refused,
                $"has other tables than this program needs: {refused.MessageText}"),
            _ => (EventStoreTrouble.Refused, $"refused a statement: {refused.MessageText} ({refused.SqlState})"),
        };
}
