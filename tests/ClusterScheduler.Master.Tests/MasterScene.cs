using System.Collections.Immutable;
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

/// <summary>The master alone; the test plays agents, framework entities, task entities and the operator.</summary>
public abstract class MasterScene : TestKit
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = ERROR");
    private long accepts;

    protected MasterScene()
        : base(Quiet)
    {
        Frameworks = CreateTestProbe();
        Tasks = CreateTestProbe();
        Agent = CreateTestProbe();
        Operator = CreateTestProbe();
        Master = StartMaster(MasterOptions.Default);
    }

    protected static AgentInfo Machine { get; } = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);

    protected TestProbe Frameworks { get; }

    protected TestProbe Tasks { get; }

    protected TestProbe Agent { get; }

    protected TestProbe Operator { get; }

    protected IActorRef Master { get; set; }

    protected IActorRef StartMaster(MasterOptions options)
    {
        ClusterRefs.Of(Sys).Set(ActorRefs.Nobody, Frameworks.Ref, Tasks.Ref);
        return Sys.ActorOf(MasterActor.Props(options));
    }

    /// <summary>The master goes, and another one begins with what it stored.</summary>
    protected void Restart(MasterOptions options)
    {
        Watch(Master);
        Sys.Stop(Master);
        ExpectTerminated(Master);
        Master = StartMaster(options);
    }

    /// <summary>Asks as an operator does, and waits for one kind of answer.</summary>
    protected T Ask<T>(object question)
    {
        Master.Tell(question, Operator.Ref);
        return Operator.ExpectMsg<T>();
    }

    protected MasterEpoch Register(
        string id, string role = "*", FrameworkInfo? info = null, params ImmutableArray<string> suppressed)
    {
        Master.Tell(new MasterProtocol.RegisterFramework(
            new FrameworkId(id), info ?? new FrameworkInfo(id, "root", [role]), Guid.NewGuid(), suppressed));
        return Frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(
            message => message.FrameworkId.Value == id).Epoch;
    }

    /// <summary>An agent that has registered and reported what it runs.</summary>
    protected AgentProtocol.AgentRegistered JoinAgent(
        AgentInfo? info = null, params ImmutableArray<MasterProtocol.ReportedTask> tasks)
    {
        Master.Tell(new MasterProtocol.RegisterAgent(null, info ?? Machine, Guid.NewGuid()), Agent.Ref);
        var registered = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, tasks), Agent.Ref);
        Agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
        return registered;
    }

    protected FrameworkProtocol.OffersMade NextOffers(string framework) =>
        Frameworks.FishForMessage<FrameworkProtocol.OffersMade>(made => made.FrameworkId.Value == framework);

    protected Offer NextOffer(string framework) => Assert.Single(NextOffers(framework).Offers);

    protected ImmutableArray<OfferId> NextRescinded(string framework) =>
        Frameworks.FishForMessage<FrameworkProtocol.OffersRescinded>(
            rescinded => rescinded.FrameworkId.Value == framework).OfferIds;

    protected void Decline(string framework, MasterEpoch epoch, OfferId offer, TimeSpan refuse) =>
        Master.Tell(new MasterProtocol.Decline(
            new FrameworkId(framework), epoch, [offer], new OfferFilters(refuse)));

    protected FrameworkProtocol.AcceptAnswered Launch(
        string framework, MasterEpoch epoch, OfferId offer, TaskInfo task, TimeSpan refuse = default)
    {
        Master.Tell(new MasterProtocol.Accept(
            new FrameworkId(framework), ++accepts, epoch, [offer], [task], new OfferFilters(refuse), 0));
        return Frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
    }

    protected static TaskInfo Task(string id, string resources) =>
        new(new TaskId(id), id, ResourceSet.Parse(resources), TaskPlan.OfShell("true"));
}
