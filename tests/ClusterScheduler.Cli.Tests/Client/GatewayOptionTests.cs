using System.Net;
using System.Net.Sockets;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>Commands against a gateway that is named: what they say when it is not what it should be.</summary>
public sealed class GatewayOptionTests : IDisposable
{
    private const string Members = """{"columns":["address"],"rows":[{"address":"akka.tcp://c@h:1"}]}""";
    private const string WrongToken = """{"type":"urn:x","title":"t","status":401,"detail":"send a token"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-gateway-option-");

    private string Token => File("token", "0123456789abcdef0123456789abcdef\n");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("gw:5051", "'gw:5051' is no gateway: write https://HOST:PORT")]
    [InlineData("ftp://gw", "is no gateway")]
    [InlineData("https://me:secret@gw", "is no gateway")]
    [InlineData("https://gw/path", "is no gateway")]
    [InlineData(",", "names no gateway")]
    [InlineData("http://gw.example.org:5051", "would be told the token in plain text")]
    public void A_wrong_address_is_refused_before_anything_is_sent(string url, string why) =>
        AssertFails(ExitCode.WrongInput, why, "--gateway", url, "--token-file", Token);

    [Fact]
    public void The_token_is_asked_for_and_looked_at()
    {
        AssertFails(ExitCode.WrongInput, "--token-file or CSCHED_TOKEN_FILE", "--gateway", "https://gw");
        AssertFails(ExitCode.WrongInput, "cannot be read", "--gateway", "https://gw", "--token-file", "/nowhere");
        AssertFails(ExitCode.WrongInput, "has no token", "--gateway", "https://gw", "--token-file", File("e", "a b"));
        AssertFails(ExitCode.WrongInput, "has no certificates", "--gateway", "https://gw", "--token-file", Token,
            "--ca-file", File("ca", "nothing"));
        AssertFails(ExitCode.WrongInput, "say one of them", "--gateway", "https://gw", "--data", _folder.FullName);
    }

    [Fact]
    public void Who_does_not_listen_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        AssertFails(ExitCode.Failed, $"the gateway http://127.0.0.1:{port} cannot be reached: nobody listens there",
            "--gateway", $"http://127.0.0.1:{port}", "--token-file", Token);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_named() => AssertFails(
        ExitCode.Failed, "the gateway https://nowhere.invalid cannot be reached: the name is not known here",
        "--gateway", "https://nowhere.invalid", "--token-file", Token);

    [Theory]
    [InlineData("200 OK")]
    [InlineData("404 Not Found")]
    public void Another_web_server_is_no_gateway(string status)
    {
        using var server = new StubServer(StubServer.Html(status));
        AssertFails(ExitCode.Failed, "what answers there is no gateway of csched",
            "--gateway", $"http://127.0.0.1:{server.Port}", "--token-file", Token);
    }

    [Fact]
    public void What_speaks_no_HTTP_is_no_gateway()
    {
        using var server = new StubServer("SSH-2.0-OpenSSH_9.2\r\n");
        AssertFails(ExitCode.Failed, "what answers there is no gateway of csched",
            "--gateway", $"http://127.0.0.1:{server.Port}", "--token-file", Token);
    }

    [Fact]
    public void A_token_that_is_refused_is_named()
    {
        using var server = new StubServer(
            StubServer.Json("401 Unauthorized", "application/problem+json", WrongToken));
        AssertFails(ExitCode.Failed, $"refuses the token in {Token}",
            "--gateway", $"http://127.0.0.1:{server.Port}", "--token-file", Token);
    }

    [Fact]
    public void The_next_gateway_is_asked_when_the_first_cannot_be_reached()
    {
        using var server = new StubServer(StubServer.Json("200 OK", "application/json", Members));
        var (code, output, errors) = Run(
            "--gateway", $"http://127.0.0.1:1,http://127.0.0.1:{server.Port}", "--token-file", Token);
        Assert.True(code == 0, errors);
        Assert.Contains("akka.tcp://c@h:1", output, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer 0123456789abcdef", server.Heard, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_counts_when_it_is_trusted_and_of_that_name()
    {
        using var server = new StubServer(
            StubServer.Json("200 OK", "application/json", Members), StubServer.SelfSigned("127.0.0.1"));
        using var other = new StubServer(
            StubServer.Json("200 OK", "application/json", Members), StubServer.SelfSigned("gw.example.org"));
        using var plain = new StubServer(StubServer.Html("400 Bad Request"));
        string[] token = ["--token-file", Token];

        AssertFails(ExitCode.Failed, "its certificate is not trusted here",
            ["--gateway", $"https://127.0.0.1:{server.Port}", .. token]);
        AssertFails(ExitCode.Failed, "its certificate is for another name",
            ["--gateway", $"https://127.0.0.1:{other.Port}", .. token, "--ca-file", Pem(other)]);
        AssertFails(ExitCode.Failed, "does it listen with http:// there?",
            ["--gateway", $"https://127.0.0.1:{plain.Port}", .. token]);
        var (code, output, errors) = Run(
            ["--gateway", $"https://127.0.0.1:{server.Port}", .. token, "--ca-file", Pem(server)]);
        Assert.True(code == 0, errors);
        Assert.Contains("akka.tcp://c@h:1", output, StringComparison.Ordinal);
    }

    private string Pem(StubServer server) => File($"ca-{server.Port}", server.Certificate!.ExportCertificatePem());

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static void AssertFails(int exitCode, string why, params string[] options)
    {
        var (code, _, errors) = Run(options);
        Assert.True(code == exitCode && errors.Contains(why, StringComparison.Ordinal), $"{code}: {errors}");
        Assert.DoesNotContain("should not have happened", errors, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Errors) Run(params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(["cluster", "members", .. options], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
