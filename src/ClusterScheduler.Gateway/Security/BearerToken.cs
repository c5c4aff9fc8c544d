using System.Security.Cryptography;
using System.Text;

namespace ClusterScheduler.Gateway.Security;

/// <summary>
/// The secret that every request must carry. It lies in a file of the data directory that only its owner may read,
/// so that another user of the machine cannot run commands.
/// </summary>
public sealed class BearerToken
{
    /// <summary>A shorter token of an operator's own is refused.</summary>
    public const int LengthMin = 32;

    private const int SecretBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private BearerToken(string text)
    {
        Text = text;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    public string Text { get; }

    /// <summary>The token in the file; a new one when there is none, or when others could have read it.</summary>
    public static BearerToken OfFile(string path)
    {
        if (TryRead(path) is { } kept)
        {
            return kept;
        }

        var made = new BearerToken(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
        made.Keep(path);
        return made;
    }

    /// <summary>A token that is known already.</summary>
    public static BearerToken OfText(string text) => new(text);

    /// <summary>A text that nobody guesses and that a header can carry.</summary>
    public static bool IsGood(string text) =>
        text.Length >= LengthMin && text.All(static each => each is > ' ' and < '\x7f');

    /// <summary>Writes it into a file that only its owner may read.</summary>
    public void Keep(string path)
    {
        var fresh = $"{path}.{Environment.ProcessId}";
        File.Delete(fresh);
        using (var file = new FileStream(fresh, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(Text + "\n"));
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Compares in constant time.</summary>
    public bool IsCarriedBy(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(given, _hash);
    }

    private static BearerToken? TryRead(string path)
    {
        if (!File.Exists(path) || (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            return null;
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == SecretBytes * 2 ? new BearerToken(text) : null;
    }
}
