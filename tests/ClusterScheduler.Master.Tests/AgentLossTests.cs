using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Master.Tests;

/// <summary>What a master says until it is noted, and what the next master says on.</summary>
public class AgentLossTests : TestKit
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = OFF");
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);

    private static readonly MasterOptions Quick = MasterOptions.Default with
    {
        PingInterval = TimeSpan.FromMilliseconds(60),
        PingsMissedMax = 2,
        Retry = TimeSpan.FromMilliseconds(30),
    };

    private readonly TestProbe frameworks;
    private readonly TestProbe agent;
    private readonly Guid incarnation = Guid.NewGuid();

    public AgentLossTests()
        : base(Quiet)
    {
        frameworks = CreateTestProbe();
        agent = CreateTestProbe();
        ClusterRefs.Of(Sys).Set(ActorRefs.Nobody, frameworks.Ref, CreateTestProbe().Ref);
    }

    [Fact]
    public void A_loss_that_not_everybody_has_noted_is_said_by_the_next_master_and_one_that_was_noted_is_not()
    {
        var master = StartMaster(Quick);
        RegisterFramework(master);
        var id = Join(master, null).AgentId;
        frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true);
        Stop(master);

        master = StartMaster(Quick);
        var lost = frameworks.FishForMessage<FrameworkProtocol.AgentLost>(lost => lost.Epoch.Value == 2);
        Assert.Equal(id, lost.AgentId);
        master.Tell(new FrameworkProtocol.AgentLossNoted(Framework, lost.Epoch, id) { Session = lost.Session });
        AwaitNoted(master);
        Stop(master);

        StartMaster(Quick);
        frameworks.FishForMessage<FrameworkProtocol.MasterElected>(elected => elected.Epoch.Value == 3);
        frameworks.FishForMessage<FrameworkProtocol.MasterElected>(elected => elected.Epoch.Value == 3);
        frameworks.ReceiveWhile<object>(
            TimeSpan.FromMilliseconds(300),
            static message => message is FrameworkProtocol.AgentLost
                ? throw new InvalidOperationException("the loss was said again")
                : message);
    }

    [Fact]
    public void A_return_is_said_until_it_is_noted_with_a_session_later_than_the_loss()
    {
        var master = StartMaster(Quick with { PingInterval = TimeSpan.FromMilliseconds(200) });
        RegisterFramework(master);
        var id = Join(master, null).AgentId;
        var lost = frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true);
        Join(master, id);
        var back = frameworks.FishForMessage<FrameworkProtocol.AgentReturned>(_ => true);
        Assert.True(back.Session > lost.Session);
        Assert.Equal(agent.Ref, back.Agent);
        frameworks.FishForMessage<FrameworkProtocol.AgentReturned>(again => again.Session == back.Session);
    }

    [Fact]
    public void A_new_master_calls_each_framework_until_it_has_heard()
    {
        var master = StartMaster(Quick);
        RegisterFramework(master);
        Stop(master);

        master = StartMaster(Quick);
        var elected = frameworks.FishForMessage<FrameworkProtocol.MasterElected>(_ => true);
        frameworks.FishForMessage<FrameworkProtocol.MasterElected>(_ => true);
        master.Tell(new MasterProtocol.ElectionNoted(Framework, elected.Epoch));
        AwaitAssert(() =>
        {
            frameworks.ReceiveWhile<object>(TimeSpan.FromMilliseconds(10), static message => message);
            frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        });
    }

    [Fact]
    public void An_agent_declared_gone_is_told_so_refused_from_then_on_and_announced_as_gone()
    {
        var master = StartMaster(MasterOptions.Default);
        RegisterFramework(master);
        var id = Join(master, null).AgentId;
        var operators = CreateTestProbe();
        master.Tell(new MasterProtocol.MarkAgentGone(id), operators.Ref);

        Assert.True(operators.ExpectMsg<MasterProtocol.AgentMarkedGone>().Known);
        Assert.Equal(AgentProtocol.AgentRefusal.MarkedGone,
            agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true).Reason);
        Assert.True(frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true).Gone);
        master.Tell(new MasterProtocol.RegisterAgent(id, Machine, incarnation), agent.Ref);
        agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true);
        master.Tell(new MasterProtocol.LocateAgent(id), operators.Ref);
        Assert.Equal(MasterProtocol.AgentStanding.Gone,
            operators.ExpectMsg<MasterProtocol.AgentLocated>().Standing);
        master.Tell(new MasterProtocol.MarkAgentGone(new AgentId("nobody")), operators.Ref);
        Assert.False(operators.ExpectMsg<MasterProtocol.AgentMarkedGone>().Known);
    }

    [Fact]
    public void Too_many_missing_agents_are_kept_after_a_failover_until_an_operator_allows_their_removal()
    {
        var options = Quick with { PingInterval = TimeSpan.FromSeconds(1) };
        var master = StartMaster(options);
        RegisterFramework(master);
        Join(master, null);
        Stop(master);

        master = StartMaster(options with { ReregisterTimeout = TimeSpan.FromMilliseconds(50) });
        var operators = CreateTestProbe();
        AwaitAssert(() =>
        {
            master.Tell(new MasterProtocol.ListAgents(), operators.Ref);
            Assert.Equal(new MasterProtocol.HeldRemovals(1, 1, 0.5),
                operators.ExpectMsg<MasterProtocol.AgentList>().Held);
        });
        master.Tell(new MasterProtocol.AllowAgentRemovals(), operators.Ref);
        Assert.Equal(1, operators.ExpectMsg<MasterProtocol.AgentRemovalsAllowed>().Missing);
        frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true);
    }

    [Fact]
    public void A_master_recovers_from_its_snapshot_what_it_knew()
    {
        var options = MasterOptions.Default with { EventsPerSnapshot = 10 };
        var master = StartMaster(options);
        for (var number = 0; number < 35; number++)
        {
            master.Tell(new MasterProtocol.RegisterAgent(null, Machine, Guid.NewGuid()), agent.Ref);
            agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        }

        var before = Agents(master);
        Stop(master);
        Assert.Equal(before, Agents(StartMaster(options)));
        Assert.Equal(35, before.Length);
    }

    private AgentId[] Agents(IActorRef master)
    {
        var asker = CreateTestProbe();
        MasterProtocol.AgentList? list = null;
        AwaitAssert(() =>
        {
            master.Tell(new MasterProtocol.ListAgents(), asker.Ref);
            list = asker.ExpectMsg<MasterProtocol.AgentList>(TimeSpan.FromMilliseconds(200));
        });
        return [.. list!.Agents.Select(static each => each.AgentId)];
    }

    /// <summary>Nothing is left to say: what was noted is stored.</summary>
    private void AwaitNoted(IActorRef master)
    {
        master.Tell(new MasterProtocol.ElectionNoted(Framework, new MasterEpoch(2)));
        AwaitAssert(() =>
        {
            frameworks.ReceiveWhile<object>(TimeSpan.FromMilliseconds(10), static message => message);
            frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(150));
        });
    }

    private IActorRef StartMaster(MasterOptions options) => Sys.ActorOf(MasterActor.Props(options));

    private void Stop(IActorRef master)
    {
        Watch(master);
        Sys.Stop(master);
        ExpectTerminated(master);
    }

    private void RegisterFramework(IActorRef master)
    {
        master.Tell(new MasterProtocol.RegisterFramework(
            Framework, new FrameworkInfo("test", "root", ["*"]), Guid.NewGuid(), ["*"]));
        frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(_ => true);
    }

    private AgentProtocol.AgentRegistered Join(IActorRef master, AgentId? id)
    {
        master.Tell(new MasterProtocol.RegisterAgent(id, Machine, incarnation), agent.Ref);
        var registered = agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, []), agent.Ref);
        agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
        return registered;
    }
}
