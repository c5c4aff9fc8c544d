using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ClusterScheduler.Runtime.Stores;

/// <summary>The kinds of store.</summary>
public enum StoreKind
{
    /// <summary>A file, for the nodes of one machine.</summary>
    Sqlite,

    /// <summary>A server, for the nodes of many.</summary>
    Postgres,
}

/// <summary>Where the cluster's store is.</summary>
/// <param name="Connection">What the database's driver takes.</param>
/// <param name="Display">What people are shown: never the password.</param>
public sealed record StoreAddress(StoreKind Kind, string Connection, string Display)
{
    public const string DefaultFile = "journal.db";

    private const string SqlitePrefix = "sqlite:";
    private const string Forms =
        "write sqlite:/path/to/file.db, postgresql://USER:PASSWORD@HOST:5432/DATABASE "
        + "or Host=...;Database=...;Username=...;Password=...";

    /// <summary>As the engines' settings call the driver.</summary>
    public string ProviderName => Kind == StoreKind.Sqlite ? "SQLite.MS" : "PostgreSQL.15";

    /// <param name="url">
    /// <c>sqlite:PATH</c>, <c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE</c>, or the
    /// <c>KEY=VALUE;...</c> of PostgreSQL's driver; empty: SQLite in the data directory.
    /// </param>
    /// <param name="directory">What relative paths start from.</param>
    /// <param name="address">The store.</param>
    /// <param name="problem">What is wrong with the text, and what would be right.</param>
    public static bool TryParse(
        string url, string directory, [NotNullWhen(true)] out StoreAddress? address,
        [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        var text = url.Trim();
        address = text.Length == 0 ? OfFile(Path.Combine(directory, DefaultFile))
            : text.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase)
                ? text.Length > SqlitePrefix.Length
                    ? OfFile(Path.Combine(directory, text[SqlitePrefix.Length..]))
                    : null
            : text.Contains("://", StringComparison.Ordinal) ? OfUrl(text)
            : OfConnection(text);
        if (address is null)
        {
            problem = $"it names no store: {Forms}";
        }

        return address is not null;
    }

    private static StoreAddress OfFile(string path)
    {
        var full = Path.GetFullPath(path);
        return new StoreAddress(StoreKind.Sqlite, Text(("Data Source", full)), $"SQLite, {full}");
    }

    private static StoreAddress? OfUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("postgresql" or "postgres") || uri.Host.Length == 0)
        {
            return null;
        }

        var user = uri.UserInfo.Split(':', 2);
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var port = uri.Port > 0 ? uri.Port : 5432;
        var keys = new List<(string, string)>
        {
            ("Host", uri.DnsSafeHost), ("Port", FormattableString.Invariant($"{port}")),
        };
        AddWhenSaid(keys, "Database", database);
        AddWhenSaid(keys, "Username", Uri.UnescapeDataString(user[0]));
        AddWhenSaid(keys, "Password", user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (option.Split('=', 2) is not [var key, var value])
            {
                return null;
            }

            keys.Add((Uri.UnescapeDataString(key), Uri.UnescapeDataString(value)));
        }

        return OfPostgres(Text([.. keys]), uri.Host, FormattableString.Invariant($"{port}"), database);
    }

    private static StoreAddress? OfConnection(string text)
    {
        var keys = new DbConnectionStringBuilder();
        try
        {
            keys.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            return null;
        }

        return keys.TryGetValue("Host", out var host) || keys.TryGetValue("Server", out host)
            ? OfPostgres(text, $"{host}", Or(keys, "Port", "5432"), Or(keys, "Database", ""))
            : null;
    }

    private static StoreAddress OfPostgres(string connection, string host, string port, string database) => new(
        StoreKind.Postgres, WithoutKerberos(connection),
        $"PostgreSQL, {host}:{port}{(database.Length > 0 ? $"/{database}" : "")}");

    /// <summary>
    /// The driver would try Kerberos first, and say on the node's output that its library is missing, wherever it is.
    /// </summary>
    private static string WithoutKerberos(string connection) =>
        connection.Replace(" ", "", StringComparison.Ordinal).Contains("GssEncryptionMode=",
            StringComparison.OrdinalIgnoreCase)
            ? connection
            : $"{connection.TrimEnd(';')};GSS Encryption Mode=Disable";

    private static string Or(DbConnectionStringBuilder keys, string key, string missing) =>
        keys.TryGetValue(key, out var value) ? $"{value}" : missing;

    private static void AddWhenSaid(List<(string, string)> keys, string key, string value)
    {
        if (value.Length > 0)
        {
            keys.Add((key, value));
        }
    }

    private static string Text(params ReadOnlySpan<(string Key, string Value)> keys)
    {
        var builder = new DbConnectionStringBuilder();
        foreach (var (key, value) in keys)
        {
            builder[key] = value;
        }

        return builder.ConnectionString;
    }
}
