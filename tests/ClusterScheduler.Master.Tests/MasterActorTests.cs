using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Master.Tests;

/// <summary>The master alone, between an agent and entities that the test plays.</summary>
public class MasterActorTests : TestKit
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = ERROR");
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);
    private readonly TestProbe frameworks;
    private readonly TestProbe tasks;
    private readonly TestProbe agent;
    private readonly Guid connection = Guid.NewGuid();

    public MasterActorTests()
        : base(Quiet)
    {
        frameworks = CreateTestProbe();
        tasks = CreateTestProbe();
        agent = CreateTestProbe();
    }

    [Fact]
    public void An_agent_is_offered_only_after_it_reported_in_its_session()
    {
        var master = StartMaster();
        Register(master);
        var registered = RegisterAgent(master);
        frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));

        Report(master, registered);
        var offer = Assert.Single(frameworks.ExpectMsg<FrameworkProtocol.OffersMade>().Offers);
        Assert.Equal(Machine.Resources, offer.Resources);
    }

    [Fact]
    public void The_same_accept_gets_the_same_answer_until_it_is_confirmed()
    {
        var (master, offer, epoch) = WithOffer();
        var accept = Accept(1, epoch, offer.Id, Task("t"));
        master.Tell(accept);
        var first = frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
        Assert.True(Assert.Single(first.Results).Granted);
        Assert.Equal(agent.Ref, first.Site!.Agent);

        master.Tell(accept);
        var again = frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
        Assert.Equal(first.Results[0], again.Results[0]);

        master.Tell(new MasterProtocol.ConfirmAccepts(Framework, 1));
        master.Tell(accept);
        master.Tell(Accept(2, epoch, offer.Id, Task("u")));
        var next = frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
        Assert.Equal(2, next.AcceptId);
    }

    [Fact]
    public void An_accept_of_another_epoch_is_dropped_and_uses_nothing()
    {
        var (master, offer, epoch) = WithOffer();
        master.Tell(Accept(1, new MasterEpoch(epoch.Value - 1), offer.Id, Task("t")));
        var answer = frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);

        Assert.Equal(TaskState.Dropped, Assert.Single(answer.Results).State);
        master.Tell(Accept(2, epoch, offer.Id, Task("u")));
        answer = frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
        Assert.True(Assert.Single(answer.Results).Granted);
    }

    [Fact]
    public void What_a_task_used_is_offered_again_after_its_release_and_the_release_is_answered_twice()
    {
        var (master, offer, epoch) = WithOffer();
        master.Tell(Accept(1, epoch, offer.Id, Task("t", Machine.Resources)));
        frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);

        var release = new MasterProtocol.ReleaseTask(Framework, new TaskId("t"), offer.AgentId);
        master.Tell(release, tasks.Ref);
        master.Tell(release, tasks.Ref);
        tasks.ExpectMsg<TaskProtocol.TaskReleased>();
        tasks.ExpectMsg<TaskProtocol.TaskReleased>();
        var made = frameworks.FishForMessage<FrameworkProtocol.OffersMade>(_ => true);
        Assert.Equal(Machine.Resources, Assert.Single(made.Offers).Resources);
    }

    [Fact]
    public void A_task_that_the_agent_does_not_report_is_asked_for()
    {
        var (master, offer, epoch) = WithOffer();
        master.Tell(Accept(1, epoch, offer.Id, Task("t")));
        frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);

        var again = RegisterAgent(master, offer.AgentId);
        Report(master, again);
        var probe = tasks.ExpectMsg<TaskProtocol.ProbeTask>();
        Assert.Equal("t", probe.TaskId.Value);
        Assert.Equal(again.Session, probe.ReportedIn);
    }

    [Fact]
    public void A_silent_agent_is_unreachable_and_every_framework_is_told_until_it_noted_it()
    {
        var (_, offer, epoch) = WithOffer(MasterOptions.Default with
        {
            PingInterval = TimeSpan.FromMilliseconds(50),
            PingsMissedMax = 2,
            Retry = TimeSpan.FromMilliseconds(30),
        });

        var lost = frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true);
        Assert.Equal(offer.AgentId, lost.AgentId);
        Assert.False(lost.Gone);
        Assert.Equal(epoch, lost.Epoch);
        frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true);
    }

    [Fact]
    public void A_stranger_with_an_id_of_another_cluster_is_refused()
    {
        var master = StartMaster();
        var incarnation = Guid.NewGuid();
        master.Tell(new MasterProtocol.RegisterAgent(new AgentId("other-S1"), Machine, incarnation), agent.Ref);
        var refused = agent.ExpectMsg<AgentProtocol.AgentRefused>();
        Assert.Equal(AgentProtocol.AgentRefusal.UnknownId, refused.Reason);
        Assert.Equal(incarnation, refused.Incarnation);
    }

    private IActorRef StartMaster(MasterOptions? options = null)
    {
        var refs = ClusterRefs.Of(Sys);
        refs.Set(ActorRefs.Nobody, frameworks.Ref, tasks.Ref);
        return Sys.ActorOf(MasterActor.Props(options ?? MasterOptions.Default));
    }

    private void Register(IActorRef master)
    {
        master.Tell(new MasterProtocol.RegisterFramework(
            Framework, new FrameworkInfo("test", "root", ["*"]), connection, []));
        frameworks.ExpectMsg<FrameworkProtocol.FrameworkRegistered>();
    }

    private AgentProtocol.AgentRegistered RegisterAgent(IActorRef master, AgentId? id = null)
    {
        master.Tell(new MasterProtocol.RegisterAgent(id, Machine, Guid.NewGuid()), agent.Ref);
        return agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
    }

    private void Report(IActorRef master, AgentProtocol.AgentRegistered registered)
    {
        master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, []), agent.Ref);
        agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
    }

    private (IActorRef Master, Offer Offer, MasterEpoch Epoch) WithOffer(MasterOptions? options = null)
    {
        var master = StartMaster(options);
        Register(master);
        Report(master, RegisterAgent(master));
        var made = frameworks.ExpectMsg<FrameworkProtocol.OffersMade>();
        return (master, Assert.Single(made.Offers), made.Epoch);
    }

    private static MasterProtocol.Accept Accept(long id, MasterEpoch epoch, OfferId offer, TaskInfo task) =>
        new(Framework, id, epoch, [offer], [task], new OfferFilters(TimeSpan.Zero), 0);

    private static TaskInfo Task(string id, ResourceSet? resources = null) => new(
        new TaskId(id), id, resources ?? ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"));
}
