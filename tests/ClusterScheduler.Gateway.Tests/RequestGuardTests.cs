using System.Net;
using System.Text.Json;

namespace ClusterScheduler.Gateway.Tests;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_the_token_nothing_is_served(string? authorization)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(cluster.Answers.Asked);
    }

    [Fact]
    public async Task Health_tells_a_stranger_that_somebody_listens_and_nothing_else()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Stranger();
        Assert.Equal("""{"status":"ok"}""", await client.GetStringAsync("/v1/health"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("169.254.1.1")]
    public async Task Another_host_name_is_refused_even_with_the_token(string host)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        request.Headers.Host = host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:{cluster.Address.Port}";

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("urn:cluster-scheduler:problem:host-refused", await Type(response));
        Assert.Empty(cluster.Answers.Asked);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_origin_is_refused_even_with_the_token(string header, string value)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/tasks/t-1/kill");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("urn:cluster-scheduler:problem:origin-refused", await Type(response));
        Assert.Empty(cluster.Answers.Asked);
    }

    [Fact]
    public async Task The_own_origin_and_localhost_are_served()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        request.Headers.Host = $"localhost:{cluster.Address.Port}";
        request.Headers.TryAddWithoutValidation("Origin", $"http://localhost:{cluster.Address.Port}");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_other_end_of_a_tunnel_is_served()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        request.Headers.Host = "localhost:6050";
        request.Headers.TryAddWithoutValidation("Origin", "http://localhost:6050");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Too_many_headers_are_refused()
    {
        await using var cluster = await FakeCluster.Start(settings => settings with { HeadersMax = 8 });
        using var client = cluster.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        for (var i = 0; i < 20; i++)
        {
            request.Headers.Add($"X-{i}", "1");
        }

        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Only_the_loopback_address_listens()
    {
        await using var cluster = await FakeCluster.Start();
        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
            .GetActiveTcpListeners().Where(listener => listener.Port == cluster.Address.Port);
        Assert.All(listeners, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
    }

    private static async Task<string?> Type(HttpResponseMessage response)
    {
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("type").GetString();
    }
}
