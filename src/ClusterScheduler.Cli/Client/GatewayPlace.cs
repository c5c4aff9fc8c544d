using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes;

namespace ClusterScheduler.Cli.Client;

/// <summary>What a command says about where the gateway is, each from its option, else from the environment.</summary>
/// <param name="Gateway">URLs with commas between them; none: it is found through the data directory.</param>
/// <param name="Data">The data directory of a node on this machine.</param>
/// <param name="TokenFile">A file with the gateway's token.</param>
/// <param name="CaFile">PEM: whom else to trust for the gateway's certificate.</param>
/// <param name="IsInsecure">The token may be sent to another machine in plain text.</param>
internal sealed record GatewayWish(string? Gateway, string? Data, string? TokenFile, string? CaFile, bool IsInsecure);

/// <summary>Where a gateway is, and what it wants to see.</summary>
/// <param name="Addresses">One or several; the first that can be reached is taken.</param>
/// <param name="Token">The token.</param>
/// <param name="TokenSource">Where the token is from, for messages.</param>
/// <param name="Directory">The data directory through which it was found; none: it was named.</param>
/// <param name="Trusted">Trusted for its certificate, instead of what the machine trusts; empty: the machine's.</param>
internal sealed record GatewayPlace(
    Uri[] Addresses, string Token, string TokenSource, string? Directory, X509Certificate2Collection Trusted)
{
    /// <exception cref="UserException">Nothing runs there, or what is said is wrong.</exception>
    public static GatewayPlace Of(GatewayWish wish)
    {
        if (wish is { Gateway: not null, Data: not null })
        {
            throw Wrong("--gateway names a gateway, --data the directory of one on this machine: say one of them");
        }

        var named = wish.Gateway ?? (wish.Data is null ? Variable("CSCHED_GATEWAY") : null);
        return named is null ? OfDirectory(DataDirectory.ResolveRunning(wish.Data)) : OfUrls(named, wish);
    }

    private static GatewayPlace OfDirectory(string directory)
    {
        var endpoint = Path.Combine(directory, DataDirectory.EndpointFile);
        var token = Path.Combine(directory, DataDirectory.TokenFile);
        try
        {
            return File.Exists(endpoint) && File.Exists(token)
                ? new GatewayPlace(
                    [new Uri(File.ReadAllText(endpoint).Trim())], File.ReadAllText(token).Trim(), token, directory, [])
                : throw GatewayTrouble.NotRunning(directory);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or UriFormatException)
        {
            throw new UserException($"the cluster in {directory} cannot be reached: {wrong.Message}");
        }
    }

    private static GatewayPlace OfUrls(string named, GatewayWish wish)
    {
        var addresses = named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => Address(text, wish.IsInsecure)).ToArray();
        if (addresses.Length == 0)
        {
            throw Wrong("--gateway names no gateway: write https://HOST:PORT");
        }

        var file = wish.TokenFile ?? Variable("CSCHED_TOKEN_FILE") ?? throw Wrong(
            "a gateway that is named wants its token: name a file that has it with --token-file or CSCHED_TOKEN_FILE. "
            + "It is in the file 'token' of the data directory of the gateway's node, or in its gateway.token-file");
        return new GatewayPlace(addresses, TokenIn(file), file, null, Trust(wish.CaFile ?? Variable("CSCHED_CA_FILE")));
    }

    private static Uri Address(string text, bool isInsecure)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri is not { UserInfo: "", PathAndQuery: "/", Fragment: "" })
        {
            throw Wrong($"'{text}' is no gateway: write https://HOST:PORT, as the gateway's node says it at its start");
        }

        return uri.Scheme == "https" || uri.IsLoopback || isInsecure
            ? uri
            : throw Wrong(
                $"{uri.Host} would be told the token in plain text, and whoever reads it on the way can run commands: "
                + $"write https://{uri.Authority}, or say --insecure");
    }

    private static string TokenIn(string file)
    {
        try
        {
            var text = File.ReadAllText(file).Trim();
            return text.Length > 0 && text.All(static each => each is > ' ' and < '\x7f')
                ? text
                : throw Wrong($"'{file}' has no token: one line without spaces is wanted");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"the token file cannot be read: {wrong.Message}");
        }
    }

    private static X509Certificate2Collection Trust(string? file)
    {
        var trusted = new X509Certificate2Collection();
        try
        {
            if (file is not null)
            {
                trusted.ImportFromPemFile(file);
            }
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Wrong($"'{file}' has no certificates (PEM) that can be read: {wrong.Message}");
        }

        return file is null || trusted.Count > 0 ? trusted : throw Wrong($"'{file}' has no certificates (PEM)");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static UserException Wrong(string message) => new(message, ExitCode.WrongInput);
}
