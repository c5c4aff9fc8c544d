using System.Net;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>What keeps others of this machine, and web pages, away from a running csched dev.</summary>
public sealed class GatewayTests
{
    [Fact]
    public async Task Strangers_other_hosts_and_other_origins_are_refused()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        using var owner = cluster.Client();
        using var stranger = new HttpClient { BaseAddress = cluster.Address };

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/v1/agents")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/v1/agents")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await With(owner, "Host", "evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await With(owner, "Origin", "http://evil.example"));
    }

    [Fact]
    public async Task Only_the_owner_can_look_into_the_data_directory()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(workspace.Data));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(workspace.Data, "token")));
    }

    [Fact]
    public async Task A_second_start_on_the_same_directory_is_refused_with_the_pid_of_the_first()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var second = await Csched.Run(workspace, "dev", "--data", workspace.Data, "--port", "0");
        Assert.True(second.ExitCode == 1, second.ToString());
        Assert.Contains($"process {cluster.Process.Id}", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await cluster.Ask("agent", "list")).ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var second = await Csched.Run(
            workspace, "dev", "--data", workspace.Inside("other"), "--port", $"{cluster.Address.Port}");
        Assert.True(second.ExitCode == 1, second.ToString());
        Assert.Contains($"127.0.0.1:{cluster.Address.Port}", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_stops_it_and_the_next_start_goes_on()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var stopped = await cluster.Stop();
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.False(File.Exists(Path.Combine(workspace.Data, "endpoint")));
        await using var again = DevCluster.Start(workspace);
        Assert.Equal(0, (await again.Ask("agent", "list")).ExitCode);
    }

    private static async Task<HttpStatusCode> With(HttpClient client, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/agents");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
