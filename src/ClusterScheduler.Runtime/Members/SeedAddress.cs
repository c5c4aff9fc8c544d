using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// A seed, as its user writes it and as the engines call it. Users write <c>akka.tcp://NAME@HOST:PORT</c>; where
/// connections are encrypted the same node is <c>akka.ssl.tcp://…</c> to both engines, and found under no other name.
/// </summary>
public static class SeedAddress
{
    /// <summary>Switches TLS between nodes on.</summary>
    public const string TlsKey = "akka.remote.dot-netty.tcp.enable-ssl";

    private const string Plain = "akka.tcp";
    private const string Encrypted = "akka.ssl.tcp";

    /// <summary>Whether this node's connections to others are encrypted.</summary>
    /// <param name="config">The node's, with all that stands above the engine's settings.</param>
    public static bool IsEncrypted(Config config) => IsOn(config, TlsKey, "off");

    /// <summary>A switch of the engine's; what is neither on nor off, the engine refuses when it starts.</summary>
    internal static bool IsOn(Config config, string key, string otherwise) =>
        config.GetString(key, otherwise) is "on" or "true" or "yes";

    /// <summary>Whether a node's connections are, by its address.</summary>
    public static bool IsEncrypted(Address node) => node.Protocol == Encrypted;

    /// <summary>Reads a seed; what cannot be one is described.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="name">Of the cluster, for the description.</param>
    /// <param name="isEncrypted">Whether this node's connections are.</param>
    /// <param name="address">As the engine calls it.</param>
    /// <param name="problem">What is wrong, and what would be right.</param>
    public static bool TryRead(
        string text,
        string name,
        bool isEncrypted,
        [NotNullWhen(true)] out Address? address,
        [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (!Address.TryParse(text, out address) || string.IsNullOrEmpty(address.Host) || address.Port is null
            || address.Protocol is not (Plain or Encrypted))
        {
            problem = $"'{text}' is no address of a node: write {Plain}://{name}@HOST:PORT";
        }
        else if (address.Protocol == Encrypted && !isEncrypted)
        {
            problem = $"'{text}' is the address of a node with TLS, and this node has none: set {TlsKey} and "
                + $"ssl.certificate beside it as on the other nodes, or write {Plain}:// where they have none";
        }
        else
        {
            address = new Address(isEncrypted ? Encrypted : Plain, address.System, address.Host, address.Port);
        }

        return problem is null;
    }
}
