using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>A gateway that other machines reach, too.</summary>
public sealed class OpenDoorTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("10.9.8.7", HttpStatusCode.OK)]
    [InlineData("GW-1.example.org", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    public async Task Its_names_and_addresses_are_served_and_no_others(string host, HttpStatusCode status)
    {
        await using var cluster = await FakeCluster.Start(
            open: new GatewayListenOptions(AnyPort) { Names = ["gw-1.example.org"] });
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, cluster.OpenAddress("127.0.0.1") + "v1/agents");
        request.Headers.Host = host;

        using var response = await client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_token_is_wanted_there_too()
    {
        await using var cluster = await FakeCluster.Start(open: new GatewayListenOptions(AnyPort));
        using var client = cluster.Stranger();
        using var response = await client.GetAsync(cluster.OpenAddress("127.0.0.1") + "v1/agents");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_and_serves_the_names_in_it()
    {
        using var certificate = SelfSigned("*.example.org");
        await using var cluster = await FakeCluster.Start(
            open: new GatewayListenOptions(AnyPort) { Certificate = new ServerCertificate(certificate, []) });
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        };
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new("Bearer", cluster.Token.Text);
        foreach (var (host, status) in new[]
        {
            ("gw.example.org", HttpStatusCode.OK), ("evil.example", HttpStatusCode.Forbidden),
        })
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, cluster.OpenAddress("127.0.0.1", "https") + "v1/agents");
            request.Headers.Host = host;
            using var response = await client.SendAsync(request);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task Each_address_that_is_taken_is_named_with_its_option()
    {
        await using var first = await FakeCluster.Start(open: new GatewayListenOptions(AnyPort));
        var local = await Assert.ThrowsAsync<GatewayStartException>(
            () => FakeCluster.Start(settings => settings with { Port = first.Address.Port }));
        Assert.Contains($"127.0.0.1:{first.Address.Port}", local.Message, StringComparison.Ordinal);
        Assert.Contains("--port", local.Message, StringComparison.Ordinal);

        var taken = new IPEndPoint(IPAddress.Loopback, first.OpenAddress("127.0.0.1").Port);
        var open = await Assert.ThrowsAsync<GatewayStartException>(
            () => FakeCluster.Start(open: new GatewayListenOptions(taken)));
        Assert.Contains($"{taken}", open.Message, StringComparison.Ordinal);
        Assert.Contains("--gateway-listen", open.Message, StringComparison.Ordinal);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=csched test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
