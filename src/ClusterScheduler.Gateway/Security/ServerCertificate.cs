using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterScheduler.Gateway.Security;

/// <summary>What proves to clients who a server is.</summary>
/// <param name="Own">With its private key.</param>
/// <param name="Chain">Those that issued it, as far as clients need be shown them: they trust the last one's issuer.
/// </param>
public sealed record ServerCertificate(X509Certificate2 Own, X509Certificate2Collection Chain)
{
    /// <summary>The first certificate of a file is the server's own; the others issued it.</summary>
    /// <param name="certificateFile">PEM.</param>
    /// <param name="keyFile">PEM; none: the key is in the same file.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They do not go together.</exception>
    public static ServerCertificate OfPem(string certificateFile, string? keyFile)
    {
        var own = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificateFile);
        all.RemoveAt(0);
        return new ServerCertificate(own, all);
    }

    /// <summary>Has an address speak TLS.</summary>
    internal void Serve(ListenOptions listen) => listen.UseHttps(https =>
    {
        https.ServerCertificate = Own;
        https.ServerCertificateChain = Chain;
    });
}
