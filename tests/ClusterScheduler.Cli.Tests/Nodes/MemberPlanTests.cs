using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>What a node is told about its addresses, and what comes of it.</summary>
public sealed class MemberPlanTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-plan-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_seed_it_listens_on_loopback() =>
        Assert.Equal(new ListenAddress("127.0.0.1", 4053), Plan("roles = master").Listen);

    [Theory]
    [InlineData("roles = agent")]
    [InlineData("roles = \"framework,gateway\"")]
    public void Only_a_master_can_begin_a_cluster(string node) => Assert.Contains(
        "a node without the role master cannot begin a cluster: name one that is in it, with --seed",
        Assert.Throws<SettingsException>(() => Plan(node)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("roles = agent", 4053, true)]
    [InlineData("roles = agent, bind = \"127.0.0.1:4055\"", 4055, true)]
    [InlineData("roles = agent, bind = \"127.0.0.1:4055\"", 4053, false)]
    [InlineData("roles = master", 4053, false)]
    public void A_node_that_cannot_begin_a_cluster_needs_another_seed_than_itself(string node, int port, bool isAlone)
    {
        var why = Plan(node, $"akka.tcp://csched@127.0.0.1:{port}").WhyAlone;
        Assert.Equal(isAlone, why is not null && why.Contains("is this node itself", StringComparison.Ordinal));
    }

    [Fact]
    public void A_seed_that_is_empty_is_refused()
    {
        using var errors = new StringWriter();
        var code = CommandLine.Run(
            ["node", "--data", _folder.FullName, "--seed", ""], TextWriter.Null, errors);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains("--seed is empty", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_seed_on_this_machine_it_listens_where_that_one_reaches_it() =>
        Assert.Equal("127.0.0.1", Plan("roles = agent", "akka.tcp://csched@127.0.0.1:4055").Listen.Host);

    [Theory]
    [InlineData("bind = \"127.0.0.1:4053\"", "akka.tcp://csched@192.0.2.1:4053", "is on another one")]
    [InlineData("", "akka.tcp://csched@nowhere.invalid:4053", "no way leads from here to the seed")]
    [InlineData("bind = \"192.0.2.7\"", "akka.tcp://csched@192.0.2.1:4053", "could run commands here")]
    [InlineData("bind = \"0.0.0.0\"", "akka.tcp://csched@192.0.2.1:4053", "--public-address HOST")]
    public void An_address_that_will_not_do_is_refused(string node, string seed, string why) =>
        Assert.Contains(
            why, Assert.Throws<SettingsException>(() => Plan(node, seed)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("akka.tcp")]
    [InlineData("akka.ssl.tcp")]
    public void Where_nodes_have_TLS_a_seed_is_called_as_the_engines_do_then(string written)
    {
        var plan = Load(
            $$"""
            akka.remote.dot-netty.tcp.enable-ssl = on
            cluster-scheduler.cluster.seeds = "{{written}}://csched@127.0.0.1:4055"
            """);
        Assert.Equal(["akka.ssl.tcp://csched@127.0.0.1:4055"], plan.Seeds.Select(static seed => seed.ToString()));
    }

    [Theory]
    [InlineData("akka.ssl.tcp://csched@127.0.0.1:4055", "is the address of a node with TLS, and this node has none")]
    [InlineData("https://csched@127.0.0.1:4055", "is no address of a node: write akka.tcp://csched@HOST:PORT")]
    public void A_seed_that_this_node_could_not_reach_is_refused(string seed, string why) => Assert.Contains(
        why, Assert.Throws<SettingsException>(() => Plan("", seed)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", null)]
    [InlineData("suppress-validation = on", "its TLS takes anyone's certificate")]
    [InlineData("require-mutual-authentication = off", "asks those who connect for no certificate")]
    public void TLS_lets_a_node_listen_to_other_machines_when_it_proves_who_they_are(string ssl, string? why)
    {
        MemberPlan Try() => Load(
            $$"""
            cluster-scheduler.node.bind = "192.0.2.7"
            akka.remote.dot-netty.tcp { enable-ssl = on, ssl { {{ssl}} } }
            """);
        if (why is null)
        {
            Assert.Equal("192.0.2.7", Try().Listen.Host);
        }
        else
        {
            Assert.Contains(why, Assert.Throws<SettingsException>(Try).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("listen = \"192.0.2.7:5051\"", "it needs gateway.certificate-file, or --insecure")]
    [InlineData("listen = \"192.0.2.7\"", "write IP:PORT")]
    [InlineData("token-file = \"/nowhere\"", "cannot be read")]
    [InlineData("key-file = \"/nowhere\"", "a key alone is of no use")]
    public void A_gateway_that_is_not_safe_is_refused(string gateway, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<SettingsException>(
                () => Load($"cluster-scheduler.gateway {{ {gateway} }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_token_of_the_operators_own_is_taken_when_nobody_can_guess_it()
    {
        var file = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(file, "short\n");
        var settings = $"cluster-scheduler.gateway.token-file = \"{file}\"";
        Assert.Contains(
            "at least 32 characters", Assert.Throws<SettingsException>(() => Load(settings)).Message,
            StringComparison.Ordinal);

        File.WriteAllText(file, "0123456789abcdef0123456789abcdef\n");
        Assert.Equal("0123456789abcdef0123456789abcdef", Load(settings).Token?.Text);
    }

    private MemberPlan Plan(string node, params string[] seeds) => Load(
        $$"""
        cluster-scheduler.node { {{node}} }
        cluster-scheduler.cluster.seeds = "{{string.Join(',', seeds)}}"
        """);

    private MemberPlan Load(string text)
    {
        var file = Path.Combine(_folder.FullName, "settings.conf");
        File.WriteAllText(file, text);
        return MemberPlan.Of(
            _folder.FullName,
            ProfileFiles.Load(_folder.FullName, null, SettingsSources.ReferenceOnly with { File = file }));
    }
}
