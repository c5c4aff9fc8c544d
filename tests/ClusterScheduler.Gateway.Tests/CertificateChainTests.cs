using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>
/// Most authorities issue through one in between: clients know the root alone, and must be shown what leads to it.
/// </summary>
public sealed class CertificateChainTests : IDisposable
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-chain-");
    private readonly X509Certificate2 _root;
    private readonly ServerCertificate _server;

    public CertificateChainTests()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ownKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        _root = Request("root", rootKey, isAuthority: true).CreateSelfSigned(now.AddDays(-1), now.AddDays(3));
        using var issued = Request("between", betweenKey, isAuthority: true)
            .Create(_root, now.AddDays(-1), now.AddDays(2), [1]);
        using var between = issued.CopyWithPrivateKey(betweenKey);
        using var own = Request("localhost", ownKey, isAuthority: false)
            .Create(between, now.AddDays(-1), now.AddDays(1), [2]);
        var chain = Write("chain.pem", own.ExportCertificatePem() + "\n" + between.ExportCertificatePem());
        _server = ServerCertificate.OfPem(chain, Write("key.pem", ownKey.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _root.Dispose();
        _server.Own.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_gateway_shows_the_whole_chain_of_its_file()
    {
        await using var cluster = await FakeCluster.Start(
            open: new GatewayListenOptions(AnyPort) { Certificate = _server });
        await IsTrustedAt(cluster.OpenAddress("127.0.0.1").Port);
    }

    [Fact]
    public async Task A_door_for_edge_agents_shows_it_too()
    {
        using var system = ActorSystem.Create("chain");
        await using var edge = await EdgeHost.Start(
            system, new EdgeListenOptions(AnyPort, "") { Certificate = _server }, ActorRefs.Nobody, ActorRefs.Nobody);
        await IsTrustedAt(edge.Port);
    }

    /// <summary>By a client that knows the root, and looks nowhere else for what is missing.</summary>
    private async Task IsTrustedAt(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(socket.GetStream());
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(_root);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        Assert.Equal("CN=localhost", tls.RemoteCertificate?.Subject);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
