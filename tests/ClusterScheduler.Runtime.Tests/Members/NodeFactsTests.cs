using System.Text.RegularExpressions;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Runtime.Stores;
using ClusterScheduler.Runtime.Tests.Rules;

namespace ClusterScheduler.Runtime.Tests.Members;

public sealed partial class NodeFactsTests
{
    private static readonly StoreAddress Store = new(StoreKind.Postgres, "Host=db;Password=\"a\\b\"", "db");

    [Fact]
    public void The_engine_is_told_what_the_node_is()
    {
        var config = Facts(Store).EngineConfig();
        Assert.Equal("10.0.0.1", config.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal(4053, config.GetInt("akka.remote.dot-netty.tcp.port"));
        Assert.Equal(["agent", "master"], config.GetStringList("akka.cluster.roles").Order());
        Assert.Equal(
            "cluster.shards = 100, cluster.heartbeat = 500ms, cluster.leader-lease = 2500ms, "
            + "cluster.member-lease = 4s, cluster.master-lease = 4s",
            config.GetString("node-facts.same-everywhere"));
        Assert.Equal(Store.Connection, config.GetString("akka.persistence.journal.sql.connection-string"));
        Assert.Equal("PostgreSQL.15", config.GetString("akka.coordination.lease.csched.provider-name"));
    }

    /// <summary>One engine's file is looked at by every build of the other.</summary>
    [Theory]
    [InlineData("embedded")]
    [InlineData("akka")]
    public void The_file_of_each_engine_can_be_read_and_asks_only_for_facts_that_there_are(string engine)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "hocon", "engine", $"{engine}.conf"));
        var facts = Facts(null).EngineConfig().GetConfig("node-facts");
        Assert.All(FactName().Matches(text), match => Assert.True(
            facts.HasPath(match.Groups[1].Value), $"{engine}.conf asks for {match.Value}"));
        var config = Facts(null).EngineConfig(text);
        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        Assert.NotNull(config.GetString("engine.proves-shared-secret"));
        Assert.NotEmpty(config.GetString("akka.coordination.lease.csched.lease-class"));
    }

    [GeneratedRegex(@"\$\{node-facts\.([a-z.-]+)\}")]
    private static partial Regex FactName();

    private static NodeFacts Facts(StoreAddress? store) => new(
        "10.0.0.1", 4053, "node-1", ["master", "agent"], "secret", false, store,
        MembershipSettings.Read(SettingsLoader.Load(SettingsSources.ReferenceOnly).Reader()));
}
