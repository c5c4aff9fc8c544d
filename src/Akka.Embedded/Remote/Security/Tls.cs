using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Security;

/// <summary>
/// Encrypts connections. A peer's certificate is trusted when it was issued by the root that came with this node's own
/// certificate (or is the same, if that issued itself); only if none came, by a root that this machine trusts.
/// </summary>
internal sealed class Tls
{
    private readonly TlsSettings _settings;
    private readonly SslStreamCertificateContext _certificate;
    private readonly X509Certificate2Collection _roots;

    internal Tls(TlsSettings settings)
    {
        _settings = settings;
        _certificate = SslStreamCertificateContext.Create(settings.Certificate, settings.Others, offline: true);
        _roots = [.. settings.Others.Append(settings.Certificate).Where(each => each.Subject == each.Issuer)];
    }

    /// <exception cref="AuthenticationException">The other end does not speak TLS, or is not trusted.</exception>
    internal async Task<SslStream> AcceptAsync(Stream stream, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _certificate,
                ClientCertificateRequired = _settings.RequireMutualAuthentication,
                RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                    shown is null ? !_settings.RequireMutualAuthentication : IsTrusted(shown, errors),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            }, cancellationToken);
        return tls;
    }

    /// <exception cref="AuthenticationException">The other end does not speak TLS, or is not trusted.</exception>
    internal async Task<SslStream> ConnectAsync(Stream stream, string host, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificateContext = _certificate,
                RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                    shown is not null && IsTrusted(shown, errors) && (!_settings.ValidateHostname
                        || !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            }, cancellationToken);
        return tls;
    }

    private bool IsTrusted(X509Certificate shown, SslPolicyErrors errors)
    {
        if (_settings.SuppressValidation)
            return true;
        if (_roots.Count == 0)
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ExtraStore.AddRange(_settings.Others);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        using var certificate = new X509Certificate2(shown);
        return chain.Build(certificate);
    }
}
