using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Cli.Nodes.Edge;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>The region and the zone of a node, from its settings to who is offered its agent.</summary>
public sealed class AgentDomainTests : TestKit
{
    private const string Near = "master.allocator.region = near, node.region = near, node.hostname = here";
    private const string Far = "node.region = far, node.zone = far-1, node.hostname = there";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-domain-");
    private readonly TestProbe _frameworks;
    private readonly TestProbe _agent;

    public AgentDomainTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = ERROR"))
    {
        _frameworks = CreateTestProbe();
        _agent = CreateTestProbe();
    }

    [Fact]
    public void An_agent_in_another_region_is_offered_to_region_aware_frameworks_only()
    {
        var here = Member(Near);
        ClusterRefs.Of(Sys).Set(ActorRefs.Nobody, _frameworks.Ref, CreateTestProbe().Ref);
        var master = Sys.ActorOf(MasterActor.Props(here.Settings.Master));

        Register(master, "plain");
        Join(master, Member(Far).Agent!);
        master.Tell(
            new MasterProtocol.WhyFramework(new FrameworkId("plain"), "", ResourceSet.Empty), TestActor);
        var why = Assert.Single(ExpectMsg<MasterProtocol.FrameworkExplained>().Roles);
        Assert.Equal(new MasterProtocol.RuleCount(OfferRule.Region, 1) { First = 1 }, Assert.Single(why.RuledOut));

        Join(master, here.Agent!);
        Assert.Equal("here", Offered("plain"));
        Register(master, "aware", "REGION_AWARE");
        Assert.Equal("there", Offered("aware"));
    }

    [Fact]
    public void Every_kind_of_agent_stands_where_the_settings_say()
    {
        var expected = new AgentDomain("far", "far-1");
        var loaded = Load(Far + ", node.edge = true, cluster.seeds = \"http://127.0.0.1:4054\"");
        var settings = ClusterSettings.Read(loaded.Reader());

        Assert.Equal(expected, Member(Far).Agent!.Domain);
        Assert.Equal(expected, EdgePlan.Of(_folder.FullName, loaded, settings).Agent.Domain);
        Assert.Equal(expected, NodeAgents.InfoOf(AgentSpec.Default("agent-1"), settings.Node).Domain);
        Assert.Equal(new AgentDomain("far", ""), Member("node.region = far").Agent!.Domain);
        Assert.Null(Member("").Agent!.Domain);
    }

    [Theory]
    [InlineData("cluster-scheduler.node.zone: the zone 'far-1' is in no region", "--zone", "far-1")]
    [InlineData("cluster-scheduler.node.region: 'far away' is no name", "--region", "far away")]
    [InlineData("cluster-scheduler.node.zone: 'a/b' is no name", "--region", "far", "--zone", "a/b")]
    public void A_wrong_domain_is_refused_with_its_option(string why, params string[] options)
    {
        using var errors = new StringWriter();
        var code = CommandLine.Run(
            ["node", "--data", _folder.FullName, .. options], TextWriter.Null, errors);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(why, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(options[^2], errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_of_the_master_that_no_agent_can_be_in_is_refused() =>
        Assert.Contains(
            "master.allocator.region: 'a b' is no name",
            Assert.Throws<SettingsException>(() => Member("master.allocator.region = \"a b\"")).Message,
            StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Delete(recursive: true);
    }

    private MemberPlan Member(string settings) => MemberPlan.Of(_folder.FullName, Load(settings));

    private LoadedSettings Load(string settings)
    {
        var file = Path.Combine(_folder.FullName, "settings.conf");
        File.WriteAllText(file, $$"""
            cluster-scheduler {
              node.roles = agent
              cluster.seeds = "akka.tcp://csched@127.0.0.1:4054"
              {{settings}}
            }
            """);
        return ProfileFiles.Load(_folder.FullName, null, SettingsSources.ReferenceOnly with { File = file });
    }

    private void Register(IActorRef master, string id, params ImmutableArray<string> capabilities)
    {
        var info = new FrameworkInfo(id, "root", ["*"]) { Capabilities = [.. CapabilityNames.Native, .. capabilities] };
        master.Tell(new MasterProtocol.RegisterFramework(new FrameworkId(id), info, Guid.NewGuid(), []));
        _frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(each => each.FrameworkId.Value == id);
    }

    private void Join(IActorRef master, AgentInfo info)
    {
        master.Tell(new MasterProtocol.RegisterAgent(null, info, Guid.NewGuid()), _agent.Ref);
        var registered = _agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, []), _agent.Ref);
        _agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
    }

    private string Offered(string framework) => Assert.Single(_frameworks.FishForMessage<FrameworkProtocol.OffersMade>(
        made => made.FrameworkId.Value == framework).Offers).Hostname;
}
