using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace Akka.Remote.Security;

/// <summary>Finds a node's certificate: in a file (PKCS #12 or PEM) or in a store of this machine.</summary>
internal static class CertificateSource
{
    private static readonly Dictionary<string, X509KeyStorageFlags> s_flags = new(StringComparer.Ordinal)
    {
        ["default-flag-set"] = X509KeyStorageFlags.DefaultKeySet,
        ["exportable"] = X509KeyStorageFlags.Exportable,
        ["machine-key-set"] = X509KeyStorageFlags.MachineKeySet,
        ["persist-key-set"] = X509KeyStorageFlags.PersistKeySet,
        ["user-key-set"] = X509KeyStorageFlags.UserKeySet,
        ["user-protected"] = X509KeyStorageFlags.UserProtected,
    };

    internal static X509Certificate2Collection Load(Config certificate, string setting)
    {
        if (certificate.GetBoolean("use-thumbprint-over-file"))
            return FromStore(certificate, setting);
        var path = certificate.GetString("path", "");
        if (string.IsNullOrWhiteSpace(path))
            throw new ConfigurationException(
                $"enable-ssl is on, but {setting}.path names no file; it must be a PKCS #12 (.pfx) or PEM file with "
                + "the certificate and the private key of this node.");
        try
        {
            return IsPem(path)
                ? FromPem(path)
                : X509CertificateLoader.LoadPkcs12CollectionFromFile(
                    path, certificate.GetString("password", ""), Flags(certificate, setting));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ConfigurationException(
                $"{setting}.path: '{path}' cannot be used: {failure.Message.TrimEnd('.')}. It must be a PKCS #12 "
                + "(.pfx) or PEM file with the certificate and the private key of this node, and "
                + $"{setting}.password its password.", failure);
        }
    }

    private static bool IsPem(string path)
    {
        using var file = File.OpenText(path);
        var beginning = new char[64];
        var read = file.ReadBlock(beginning);
        return beginning.AsSpan(0, read).Contains("-----BEGIN", StringComparison.Ordinal);
    }

    /// <summary>The first certificate of the file belongs to its key; the others issued it.</summary>
    private static X509Certificate2Collection FromPem(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        all.RemoveAt(0);
        all.Insert(0, X509Certificate2.CreateFromPemFile(path));
        return all;
    }

    private static X509Certificate2Collection FromStore(Config certificate, string setting)
    {
        var thumbprint = certificate.GetString("thumbprint", "");
        var location = certificate.GetString("store-location", "").Replace("-", "", StringComparison.Ordinal);
        if (!Enum.TryParse<StoreLocation>(location, ignoreCase: true, out var where))
            throw new ConfigurationException(
                $"{setting}.store-location is '{location}'; it must be current-user or local-machine.");
        using var store = new X509Store(certificate.GetString("store-name", "My"), where);
        store.Open(OpenFlags.ReadOnly);
        var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
        return found.Count > 0
            ? found
            : throw new ConfigurationException(
                $"{setting}.thumbprint: there is no certificate '{thumbprint}' in the store {store.Name} of {where}.");
    }

    private static X509KeyStorageFlags Flags(Config certificate, string setting)
    {
        var flags = X509KeyStorageFlags.DefaultKeySet;
        foreach (var name in certificate.GetStringList("flags"))
        {
            flags |= s_flags.TryGetValue(name, out var flag)
                ? flag
                : throw new ConfigurationException(
                    $"{setting}.flags has '{name}'; there are: {string.Join(", ", s_flags.Keys)}.");
        }

        return flags;
    }
}
