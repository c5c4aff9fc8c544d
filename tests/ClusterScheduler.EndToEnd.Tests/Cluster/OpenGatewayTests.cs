using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>A gateway for other machines: TLS, a token of the operator's own, and commands that name it.</summary>
public sealed class OpenGatewayTests
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_command_without_the_data_directory_does_what_one_with_it_does()
    {
        await using var cluster = RealCluster.WithDefaults();
        var workspace = cluster.Workspace;
        var token = workspace.File("token", Token + "\n");
        var node = cluster.Add(
            "m1", "master,framework,gateway", "--store", "sqlite:../store.db", "--gateway-listen", "127.0.0.1:0",
            "--config", Settings(workspace, token));
        var address = node.Process.Output.Split('\n')
            .Single(line => line.Contains(", for other machines", StringComparison.Ordinal)).Trim().Split(',')[0];
        Assert.StartsWith("https://127.0.0.1:", address, StringComparison.Ordinal);
        string[] place = ["--gateway", address, "--token-file", token, "--ca-file", workspace.Inside("gateway.pem")];

        var near = await node.Ask("cluster", "members");
        var far = await Csched.Run(workspace, ["cluster", "members", .. place]);
        var stranger = await Csched.Run(
            workspace, "cluster", "members", "--gateway", address, "--ca-file", place[5],
            "--token-file", workspace.File("other", new string('x', 40)));
        var unsure = await Csched.Run(workspace, ["cluster", "members", .. place[..4]]);

        Assert.True(near.ExitCode == 0, near.ToString());
        Assert.Equal(near, far);
        Assert.Contains("refuses the token in", stranger.Errors, StringComparison.Ordinal);
        Assert.Contains("its certificate is not trusted here", unsure.Errors, StringComparison.Ordinal);
    }

    private static string Settings(Workspace workspace, string token)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=csched test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var pem = workspace.File("gateway.pem", certificate.ExportCertificatePem());
        return workspace.File("gateway.conf", $$"""
            cluster-scheduler.gateway {
              certificate-file = "{{pem}}"
              key-file = "{{workspace.File("gateway.key", key.ExportPkcs8PrivateKeyPem())}}"
              token-file = "{{token}}"
            }
            """);
    }
}
