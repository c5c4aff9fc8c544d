using Akka.Contract.Tests.Remoting;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>Mistakes in settings that are the engine's own end as any other: what, where, why, what would be right.
/// </summary>
public sealed class EngineMistakeTests : IDisposable
{
    private const string Where = "node.conf:2:";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-mistake-");
    private readonly Certificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_certificate_that_is_not_there() => Refused(
        Tls("/nowhere.pfx"), Where, "ssl.certificate.path: '/nowhere.pfx' cannot be used", "It must be a PKCS #12");

    [Fact]
    public void A_password_that_is_not_the_certificates() => Refused(
        Tls(_certificates.Node("node"), "wrong"), Where, "cannot be used", "password");

    [Fact]
    public void A_number_that_is_none() => Refused(
        "akka.remote.dot-netty.tcp.connection-timeout = soon", "node.conf:1:", "connection-timeout");

    [Fact]
    public void A_certificate_that_has_expired()
    {
        if (typeof(Akka.Actor.ActorSystem).Assembly.GetName().Name == "Akka.Embedded")
        {
            Refused(Tls(_certificates.Node("node", daysValid: 0)), Where, "has expired", "one that is valid");
        }
    }

    /// <summary>The node does not get as far as to look for its seed.</summary>
    private void Refused(string settings, params string[] said)
    {
        var file = Path.Combine(_folder.FullName, "node.conf");
        File.WriteAllText(file, settings);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = CommandLine.Run(
            [
                "node", "--roles", "agent", "--config", file, "--data", Path.Combine(_folder.FullName, "data"),
                "--bind", "127.0.0.1:0", "--seed", "akka.tcp://csched@127.0.0.1:1",
            ],
            output, errors);
        Assert.True(code == ExitCode.WrongInput, $"{code}: {errors}");
        Assert.All(said, text => Assert.Contains(text, errors.ToString(), StringComparison.Ordinal));
    }

    private static string Tls(string file, string password = Certificates.Password) =>
        $$"""
        akka.remote.dot-netty.tcp.enable-ssl = on
        akka.remote.dot-netty.tcp.ssl.certificate { path = "{{file}}", password = "{{password}}" }
        """;
}
