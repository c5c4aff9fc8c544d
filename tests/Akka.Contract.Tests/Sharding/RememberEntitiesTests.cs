using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;

namespace Akka.Contract.Tests.Sharding;

/// <summary>Entities that are started again until they passivate.</summary>
public sealed class RememberEntitiesTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_long = ShardingTestSettings.Long;

    private readonly IActorRef _region;
    private readonly TestProbe _lives;

    public RememberEntitiesTests()
        : base(ShardingTestSettings.Config)
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        cluster.Join(cluster.SelfAddress);
        _lives = CreateTestProbe();
        var lives = _lives.Ref;
        _region = ClusterSharding.Get(Sys).Start(
            "remembered", id => Props.Create(() => new Entity(id, lives)),
            ShardingTestSettings.Of(Sys).WithRememberEntities(true), new ToExtractor());
    }

    [Fact]
    public void Messages_wait_until_the_entity_is_written_down()
    {
        for (var number = 0; number < 100; number++)
            _region.Tell(new To("a", number));
        for (var number = 0; number < 100; number++)
            Assert.Equal(number, ExpectMsg<Said>(s_long).Message);
    }

    [Fact]
    public void An_entity_that_stops_by_itself_is_started_again()
    {
        Begin("a");
        _region.Tell(new To("a", "stop"));
        _lives.ExpectMsg("stopped a", s_long);
        _lives.ExpectMsg("started a", s_long);
    }

    [Fact]
    public void An_entity_that_passivates_is_not()
    {
        Begin("a");
        _region.Tell(new To("a", "rest"));
        _lives.ExpectMsg("stopped a", s_long);
        _lives.ExpectNoMsg(TimeSpan.FromSeconds(1));
        Begin("a");
    }

    [Fact]
    public void Nothing_is_lost_when_an_entity_rests_while_it_is_talked_to()
    {
        Begin("a");
        for (var round = 0; round < 10; round++)
        {
            _region.Tell(new To("a", "rest"));
            for (var number = 0; number < 10; number++)
                _region.Tell(new To("a", (round * 10) + number));
        }

        for (var number = 0; number < 100; number++)
            Assert.Equal(number, ExpectMsg<Said>(s_long).Message);
    }

    private void Begin(string id)
    {
        _region.Tell(new To(id, "hello"));
        ExpectMsg<Said>(s_long);
        _lives.ExpectMsg("started " + id, s_long);
    }
}
