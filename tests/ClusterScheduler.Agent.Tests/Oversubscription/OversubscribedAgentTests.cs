using System.Collections.Concurrent;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Agent.Tests.Oversubscription;

/// <summary>An agent whose tasks use what the test says.</summary>
public sealed class OversubscribedAgentTests : TestKit
{
    private static readonly FrameworkId Framework = new("framework");
    private static readonly AgentId Id = new("agent-1");

    private readonly ConcurrentDictionary<string, double> _cpus = new();
    private readonly TestProbe _master;
    private readonly TestProbe _tasks;
    private readonly TestProbe _entity;
    private readonly IActorRef _agent;

    public OversubscribedAgentTests()
    {
        _master = CreateTestProbe();
        _tasks = CreateTestProbe();
        _entity = CreateTestProbe();
        ClusterRefs.Of(Sys).Set(_master.Ref, CreateTestProbe().Ref, _tasks.Ref);
        var options = new AgentOptions(
            "agent", new AgentInfo("host", ResourceSet.Parse("cpus:4;mem:1024"), []), Path.GetTempPath())
        {
            Register = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)),
            Update = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)),
            Oversubscription = new OversubscriptionSettings(
                true, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), 3,
                0.1, 0.9, 0.9),
        };
        var execution = new SimulatedExecution(_ => null, TimeProvider.System)
        {
            Usage = key => _cpus.TryGetValue(key.Task.Value, out var cpus)
                ? new TaskUsage(key, Scalar.Of(cpus), Scalar.Zero)
                : null,
        };
        _agent = Sys.ActorOf(AgentActor.Props(options, () => execution, new AgentIdInMemory()));
        Register(1);
    }

    [Fact]
    public void What_is_not_used_is_told_until_it_is_noted_and_again_to_the_next_master()
    {
        _cpus["web"] = 1;
        Run("web", "cpus:4");

        var told = _master.ExpectMsg<MasterProtocol.UpdateRevocable>();
        Assert.Equal(ResourceSet.Parse("cpus{REV}:2.6"), told.Revocable);
        Assert.Equal(told, _master.ExpectMsg<MasterProtocol.UpdateRevocable>());
        _agent.Tell(new AgentProtocol.RevocableNoted(Id, told.Session, told.Version));

        _agent.Tell(new AgentProtocol.Reregister(Id, new MasterEpoch(2)));
        Register(2);
        var again = _master.FishForMessage<MasterProtocol.UpdateRevocable>(
            update => update.Session.Epoch == new MasterEpoch(2));
        Assert.Equal(told.Revocable, again.Revocable);
    }

    [Fact]
    public void A_task_takes_what_is_lent_and_under_pressure_it_is_gone_and_says_why()
    {
        _cpus["web"] = 1;
        Run("web", "cpus:4");
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer());
        _master.ExpectMsg<MasterProtocol.UpdateRevocable>();
        Run("wide", "cpus{REV}:3");
        Assert.Equal(TaskProtocol.RunOutcome.DoesNotFit, Answer());
        Run("mixed", "cpus{REV}:1;cpus:0.1");
        Assert.Equal(TaskProtocol.RunOutcome.Invalid, Answer());
        _cpus["guest"] = 2;
        Run("guest", "cpus{REV}:2");
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer());

        var running = _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.TaskId.Value == "guest");
        _agent.Tell(new AgentProtocol.UpdateStored(Framework, running.TaskId, running.Update.Uuid!.Value));

        _cpus["web"] = 3.5;
        var end = _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.Update.State == TaskState.Gone);
        Assert.Equal((new TaskId("guest"), StatusReason.ContainerPreempted), (end.TaskId, end.Update.Reason));
        _cpus["web"] = 9;
        _master.FishForMessage<MasterProtocol.UpdateRevocable>(static update => update.Revocable.IsEmpty);
        _agent.Tell(new AgentProtocol.KillTask(Framework, new TaskId("web"), null), _entity.Ref);
        Assert.True(_entity.ExpectMsg<TaskProtocol.KillAnswered>().Known);
        _tasks.FishForMessage<TaskProtocol.AgentUpdate>(
            static update => update is { TaskId.Value: "web", Latest: TaskState.Killed });
    }

    private void Register(long epoch)
    {
        var session = new AgentSession(new MasterEpoch(epoch), 1);
        var asked = _master.FishForMessage<MasterProtocol.RegisterAgent>(_ => true);
        _agent.Tell(new AgentProtocol.AgentRegistered(Id, session, asked.Incarnation, TimeSpan.FromMinutes(1)));
        _master.FishForMessage<MasterProtocol.ReportTasks>(report => report.Session == session);
        _agent.Tell(new AgentProtocol.ReportAccepted(Id, session));
    }

    private void Run(string task, string resources)
    {
        var info = new TaskInfo(new TaskId(task), task, ResourceSet.Parse(resources), TaskPlan.OfShell("true"));
        var session = new AgentSession(new MasterEpoch(1), 1);
        _agent.Tell(new AgentProtocol.RunTask(Framework, info, "role", session), _entity.Ref);
    }

    private TaskProtocol.RunOutcome Answer() => _entity.ExpectMsg<TaskProtocol.RunAnswered>().Outcome;
}
