using System.Security.Cryptography;
using System.Text;

namespace ClusterScheduler.Runtime.Cycles;

/// <summary>Under which name an actor's events and snapshots are stored.</summary>
public static class StoredName
{
    /// <summary>Characters at most: what a row of Akka.Persistence.Sql has room for, and of our tables.</summary>
    public const int LengthMax = 255;

    private const int KeptOfLong = 180;

    /// <summary>
    /// The id itself while there is room for it. Of a longer one its digest and its beginning: an id of one's own never
    /// begins with '~'.
    /// </summary>
    public static string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (id.Length <= LengthMax)
        {
            return id;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        return string.Concat("~", digest, "~", id.AsSpan(0, KeptOfLong));
    }
}
