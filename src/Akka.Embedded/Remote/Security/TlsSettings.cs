using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Security;

/// <summary>
/// <c>akka.remote.dot-netty.tcp.ssl</c>: the certificate of this node, and whose it accepts. Both ends show one,
/// unless it is said otherwise.
/// </summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Others">What came with it: those that issued it.</param>
/// <param name="SuppressValidation">Anyone's certificate will do.</param>
/// <param name="RequireMutualAuthentication">Those who connect must show one too.</param>
/// <param name="ValidateHostname">The certificate of a node must name the host that was connected to.</param>
internal sealed record TlsSettings(
    X509Certificate2 Certificate, X509Certificate2Collection Others, bool SuppressValidation,
    bool RequireMutualAuthentication, bool ValidateHostname)
{
    private const string Path = "akka.remote.dot-netty.tcp.ssl";

    /// <summary>True when nobody gets in without a certificate that this node trusts.</summary>
    internal bool ProvesPeers => RequireMutualAuthentication && !SuppressValidation;

    /// <summary>Null when TLS is off.</summary>
    internal static TlsSettings? Read(Config tcp, ActorSystemSetup setup)
    {
        if (!tcp.GetBoolean("enable-ssl"))
            return null;
        var ssl = tcp.GetConfig("ssl") ?? Config.Empty;
        var mutual = ssl.GetBoolean("require-mutual-authentication", true);
        var hostname = ssl.GetBoolean("validate-certificate-hostname");
        if (setup.Get<DotNettySslSetup>() is { HasValue: true } given)
            return new TlsSettings(
                Checked(given.Value.Certificate, "DotNettySslSetup"), [], given.Value.SuppressValidation, mutual,
                hostname);
        var certificates = CertificateSource.Load(ssl.GetConfig("certificate") ?? Config.Empty, $"{Path}.certificate");
        var own = certificates.FirstOrDefault(each => each.HasPrivateKey) ?? certificates[0];
        return new TlsSettings(
            Checked(own, $"{Path}.certificate"), [.. certificates.Where(each => each != own)],
            ssl.GetBoolean("suppress-validation"), mutual, hostname);
    }

    private static X509Certificate2 Checked(X509Certificate2 certificate, string where)
    {
        if (!certificate.HasPrivateKey)
            throw new ConfigurationException(
                $"{where}: the certificate '{certificate.Subject}' comes without its private key; a node needs both.");
        if (certificate.NotAfter < DateTime.Now)
            throw new ConfigurationException(
                $"{where}: the certificate '{certificate.Subject}' has expired on {certificate.NotAfter:u}; "
                + "this node needs one that is valid.");
        return certificate;
    }
}
