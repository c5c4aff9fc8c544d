using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Transport.DotNetty;

/// <summary>The certificate of this node, given in code in place of the configuration.</summary>
public sealed class DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation) : Actor.Setup.Setup
{
    public X509Certificate2 Certificate { get; } = certificate;

    public bool SuppressValidation { get; } = suppressValidation;
}
