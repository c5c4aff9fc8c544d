using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;

namespace Akka.Contract.Tests.Sharding;

/// <summary>Sharding on a cluster of one node.</summary>
public sealed class OneNodeTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_long = ShardingTestSettings.Long;

    private readonly IActorRef _region;
    private readonly TestProbe _lives;

    public OneNodeTests()
        : base(ShardingTestSettings.Config)
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        _lives = CreateTestProbe();
        var lives = _lives.Ref;
        _region = ClusterSharding.Get(Sys).Start(
            "thing", id => Props.Create(() => new Entity(id, lives)), ShardingTestSettings.Of(Sys), new ToExtractor());
    }

    [Fact]
    public void A_message_starts_its_entity_and_the_path_names_type_shard_and_entity()
    {
        var said = Ask("a", "hello");
        var shard = new ToExtractor().ShardId("a", null);
        Assert.Equal(new Said("a", $"/system/sharding/thing/{shard}/a", "hello"), said);
        _lives.ExpectMsg("started a", s_long);
    }

    [Fact]
    public void An_id_may_hold_anything()
    {
        const string id = "job/1?x y%ü";
        Assert.Equal(id, Ask(id, "hello").Entity);
        Assert.Equal(id, Ask(id, "again").Entity);
        _lives.ExpectMsg("started " + id, s_long);
        _lives.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_one_sender_says_arrives_in_order_also_while_the_home_is_unknown()
    {
        for (var number = 0; number < 500; number++)
            _region.Tell(new To("a", number));
        for (var number = 0; number < 500; number++)
            Assert.Equal(number, ExpectMsg<Said>(s_long).Message);
    }

    [Fact]
    public void Nothing_is_lost_when_an_entity_rests_while_it_is_talked_to()
    {
        Ask("a", "hello");
        for (var round = 0; round < 20; round++)
        {
            _region.Tell(new To("a", "rest"));
            for (var number = 0; number < 10; number++)
                _region.Tell(new To("a", (round * 10) + number));
        }

        for (var number = 0; number < 200; number++)
            Assert.Equal(number, ExpectMsg<Said>(s_long).Message);
    }

    [Fact]
    public void A_resting_entity_stops_and_comes_back_with_the_next_message()
    {
        Ask("a", "hello");
        _lives.ExpectMsg("started a", s_long);
        _region.Tell(new To("a", "rest"));
        _lives.ExpectMsg("stopped a", s_long);
        _lives.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        Ask("a", "hello");
        _lives.ExpectMsg("started a", s_long);
    }

    [Fact]
    public void An_entity_that_fails_is_restarted_by_its_shard()
    {
        Ask("a", "hello");
        _lives.ExpectMsg("started a", s_long);
        _region.Tell(new To("a", "fail"));
        _lives.ExpectMsg("stopped a", s_long);
        _lives.ExpectMsg("started a", s_long);
        Assert.Equal("a", Ask("a", "still there?").Entity);
    }

    [Fact]
    public void An_entity_can_be_started_without_a_message()
    {
        _region.Tell(new ShardRegion.StartEntity("a"));
        _lives.ExpectMsg("started a", s_long);
    }

    [Fact]
    public void What_is_for_no_entity_reaches_none()
    {
        Ask("a", "hello");
        _lives.ExpectMsg("started a", s_long);
        _region.Tell("what is this?");
        Assert.Equal("a", Ask("a", "still there?").Entity);
        _lives.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void The_region_says_what_it_hosts()
    {
        Ask("a", "hello");
        var shard = new ToExtractor().ShardId("a", null);
        _region.Tell(GetShardRegionState.Instance);
        var state = ExpectMsg<CurrentShardRegionState>(s_long);
        var only = Assert.Single(state.Shards);
        Assert.Equal(shard, only.ShardId);
        Assert.Equal(["a"], only.EntityIds);

        _region.Tell(GetShardRegionStats.Instance);
        Assert.Equal(1, ExpectMsg<ShardRegionStats>(s_long).Stats[shard]);
    }

    [Fact]
    public void The_cluster_says_where_the_regions_are()
    {
        Ask("a", "hello");
        var self = Akka.Cluster.Cluster.Get(Sys).SelfAddress;
        _region.Tell(GetCurrentRegions.Instance);
        Assert.Equal([self], ExpectMsg<CurrentRegions>(s_long).Regions);

        _region.Tell(new GetClusterShardingStats(TimeSpan.FromSeconds(5)));
        var stats = ExpectMsg<ClusterShardingStats>(s_long).Regions;
        Assert.Equal(1, stats[self].Stats.Values.Sum());
    }

    [Fact]
    public void The_region_says_where_an_entity_lives()
    {
        Ask("a", "hello");
        var entity = LastSender;
        _region.Tell(new GetEntityLocation("a", TimeSpan.FromSeconds(5)));
        var location = ExpectMsg<EntityLocation>(s_long);
        Assert.Equal("a", location.EntityId);
        Assert.Equal(new ToExtractor().ShardId("a", null), location.ShardId);
        Assert.Equal(Akka.Cluster.Cluster.Get(Sys).SelfAddress, location.ShardRegion);
        Assert.Equal(entity, location.EntityRef.Value);
    }

    [Fact]
    public void A_type_is_started_once()
    {
        var lives = _lives.Ref;
        var again = ClusterSharding.Get(Sys).Start(
            "thing", id => Props.Create(() => new Entity(id, lives)), ShardingTestSettings.Of(Sys), new ToExtractor());
        Assert.Equal(_region, again);
        Assert.Equal(_region, ClusterSharding.Get(Sys).ShardRegion("thing"));
        Assert.Equal(ImmutableHashSet.Create("thing"), ClusterSharding.Get(Sys).ShardTypeNames);
        Assert.ThrowsAny<ArgumentException>(() => ClusterSharding.Get(Sys).ShardRegion("nothing"));
    }

    [Fact]
    public void A_proxy_reaches_the_entities_too()
    {
        var proxy = ClusterSharding.Get(Sys).StartProxy("thing", "host", new ToExtractor());
        proxy.Tell(new To("a", "hello"));
        Assert.Equal("a", ExpectMsg<Said>(s_long).Entity);
        Assert.Equal(proxy, ClusterSharding.Get(Sys).ShardRegionProxy("thing"));
    }

    [Fact]
    public void A_region_that_shuts_down_stops_its_entities_first()
    {
        Ask("a", "hello");
        _lives.ExpectMsg("started a", s_long);
        Watch(_region);
        _region.Tell(GracefulShutdown.Instance);
        _lives.ExpectMsg("stopped a", s_long);
        ExpectTerminated(_region, s_long);
    }

    [Fact]
    public void An_idle_entity_is_passivated_if_so_set()
    {
        var lives = CreateTestProbe();
        var watcher = lives.Ref;
        var settings = ShardingTestSettings.Of(Sys).WithPassivateIdleAfter(TimeSpan.FromMilliseconds(500));
        var region = ClusterSharding.Get(Sys).Start(
            "idle", id => Props.Create(() => new Entity(id, watcher)), settings, new ToExtractor());
        region.Tell(new To("a", "hello"));
        lives.ExpectMsg("started a", s_long);
        lives.ExpectMsg("stopped a", s_long);
    }

    private Said Ask(string entity, string text)
    {
        _region.Tell(new To(entity, text));
        return ExpectMsg<Said>(s_long);
    }
}
