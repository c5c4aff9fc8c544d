using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Tests.Execution;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;
using Refused = ClusterScheduler.Agent.Agents.AgentNews.Refused;

namespace ClusterScheduler.Agent.Tests.Agents;

public sealed class AgentActorTests : TestKit
{
    private static readonly FrameworkId Framework = new("framework");

    private readonly TestProbe _master;
    private readonly TestProbe _tasks;
    private readonly TestProbe _entity;
    private Guid _incarnation;

    public AgentActorTests()
    {
        _master = CreateTestProbe();
        _tasks = CreateTestProbe();
        _entity = CreateTestProbe();
        ClusterRefs.Of(Sys).Set(_master.Ref, CreateTestProbe().Ref, _tasks.Ref);
    }

    [Fact]
    public void It_asks_to_be_admitted_until_it_is_answered()
    {
        Begin(new AgentIdInMemory());

        var first = _master.ExpectMsg<MasterProtocol.RegisterAgent>();
        var second = _master.ExpectMsg<MasterProtocol.RegisterAgent>();

        Assert.Equal(first, second);
        Assert.Null(first.AgentId);
    }

    [Fact]
    public async Task One_that_is_stopped_while_it_begins_leaves_its_directory_to_the_next()
    {
        await using var real = await RealExecution.StartAsync();
        await real.LetGoAsync();
        var slow = new SlowIdentity();
        var first = Watch(Begin(slow, () => new KeeperExecution(real.Settings)));
        await slow.Asked.Task.WaitAsync(RealExecution.Patience);

        Sys.Stop(first);
        ExpectTerminated(first);
        slow.Answer.SetResult(null);

        await Until.TrueAsync(() => IsFree(real.Directory), "the directory is free");
        await real.RestartAsync();
    }

    [Fact]
    public async Task It_keeps_its_id_before_it_uses_it()
    {
        var identity = new AgentIdInMemory();
        var agent = Begin(identity);

        Register(agent, Session(1, 1));

        Assert.Equal(new AgentId("agent-1"), await identity.LoadAsync());
    }

    [Fact]
    public void A_task_runs_and_its_updates_come_one_at_a_time_each_repeated_until_it_is_stored()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(1, 1));

        Run(agent, "task", Session(1, 1));
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer().Outcome);

        var running = _tasks.ExpectMsg<TaskProtocol.AgentUpdate>();
        Assert.Equal(TaskState.Running, running.Update.State);
        var again = _tasks.ExpectMsg<TaskProtocol.AgentUpdate>();
        Assert.Equal(running.Update.Uuid, again.Update.Uuid);
        Assert.Equal(TaskState.Finished, again.Latest);
        agent.Tell(new AgentProtocol.UpdateStored(Framework, new TaskId("task"), running.Update.Uuid!.Value));
        var finished = _tasks.FishForMessage<TaskProtocol.AgentUpdate>(
            update => update.Update.State == TaskState.Finished);
        Assert.Equal(0, finished.Update.Evidence!.ExitCode);
        agent.Tell(new AgentProtocol.UpdateStored(Framework, new TaskId("task"), finished.Update.Uuid!.Value));

        Run(agent, "task", Session(1, 1));
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer().Outcome);
        _tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Asked_for_a_task_it_says_its_state_again_or_that_it_has_none()
    {
        var agent = Begin(new AgentIdInMemory(), new SimulatedExecution(_ => null, TimeProvider.System));
        Register(agent, Session(1, 1));
        Run(agent, "task", Session(1, 1));
        var running = _tasks.ExpectMsg<TaskProtocol.AgentUpdate>();
        agent.Tell(new AgentProtocol.UpdateStored(Framework, new TaskId("task"), running.Update.Uuid!.Value));

        agent.Tell(new AgentProtocol.ReportTask(Framework, new TaskId("task")), _entity.Ref);
        var again = _tasks.FishForMessage<TaskProtocol.AgentUpdate>(
            update => update.Update.Reason == StatusReason.AgentReregistered);
        Assert.Equal(TaskState.Running, again.Update.State);
        Assert.NotEqual(running.Update.Uuid, again.Update.Uuid);

        agent.Tell(new AgentProtocol.ReportTask(Framework, new TaskId("none")), _entity.Ref);
        var missing = _entity.FishForMessage<TaskProtocol.TaskNotHeld>(_ => true);
        Assert.Equal((new TaskId("none"), Session(1, 1)), (missing.TaskId, missing.Session));
    }

    [Fact]
    public void A_launch_of_an_older_session_is_refused_and_one_of_a_newer_waits()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(2, 1));

        Run(agent, "old", Session(1, 9));
        Assert.Equal(TaskProtocol.RunOutcome.StaleSession, Answer().Outcome);
        Run(agent, "new", Session(2, 2));
        _entity.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Two_tasks_that_do_not_fit_together_are_not_run_together()
    {
        var agent = Begin(new AgentIdInMemory(), new SimulatedExecution(_ => null, TimeProvider.System));
        Register(agent, Session(1, 1));

        Run(agent, "one", Session(1, 1), "cpus:3;mem:64");
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer().Outcome);
        Run(agent, "two", Session(1, 1), "cpus:2;mem:64");
        Assert.Equal(TaskProtocol.RunOutcome.DoesNotFit, Answer().Outcome);
        agent.Tell(new AgentProtocol.KillTask(Framework, new TaskId("one"), null), _entity.Ref);
        Assert.True(_entity.ExpectMsg<TaskProtocol.KillAnswered>().Known);
        _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.Latest == TaskState.Killed);
        Run(agent, "two", Session(1, 1), "cpus:2;mem:64");
        Assert.Equal(TaskProtocol.RunOutcome.Taken, Answer().Outcome);
    }

    [Fact]
    public void A_description_that_breaks_a_rule_is_refused_in_words()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(1, 1));

        Run(agent, "task", Session(1, 1), plan: TaskPlan.OfShell("x") with { Order = [new("a", "b")] });

        var answer = Answer();
        Assert.Equal(TaskProtocol.RunOutcome.Invalid, answer.Outcome);
        Assert.Contains("two different processes", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_killed_before_it_came_never_starts()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(1, 1));

        agent.Tell(new AgentProtocol.KillTask(Framework, new TaskId("task"), null), _entity.Ref);
        Assert.False(_entity.ExpectMsg<TaskProtocol.KillAnswered>().Known);
        Run(agent, "task", Session(1, 1));

        _tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void A_new_session_is_adopted_with_a_report_of_all_that_is_held()
    {
        var agent = Begin(new AgentIdInMemory(), new SimulatedExecution(_ => null, TimeProvider.System));
        Register(agent, Session(1, 1));
        Run(agent, "task", Session(1, 1));
        _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.Latest == TaskState.Running);

        agent.Tell(new AgentProtocol.Reregister(new AgentId("agent-1"), new MasterEpoch(2)));
        var report = Register(agent, Session(2, 1));

        var held = Assert.Single(report.Tasks);
        Assert.Equal((new TaskId("task"), TaskState.Running, "role"), (held.TaskId, held.State, held.Role));
        Assert.Equal(ResourceSet.Parse("cpus:1;mem:32"), held.Resources);
        agent.Tell(new AgentProtocol.Reregister(new AgentId("agent-1"), new MasterEpoch(1)));
        _master.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_new_master_that_awaits_few_agents_has_them_back_at_once()
    {
        var agent = Begin(new AgentIdInMemory(), register: TimeSpan.FromHours(1));
        Register(agent, Session(1, 1));

        Sys.EventStream.Publish(new AgentProtocol.MasterElected(new MasterEpoch(2)) { Within = TimeSpan.Zero });

        Assert.Equal(new AgentId("agent-1"), _master.ExpectMsg<MasterProtocol.RegisterAgent>().AgentId);
    }

    [Fact]
    public void What_a_master_still_says_does_not_end_the_registration_with_its_successor()
    {
        var agent = Begin(new AgentIdInMemory());
        var report = Register(agent, Session(1, 1));

        agent.Tell(new AgentProtocol.MasterElected(new MasterEpoch(2)));
        agent.Tell(new AgentProtocol.ReportAccepted(report.AgentId, report.Session));

        Assert.Equal(new MasterEpoch(2), _master.ExpectMsg<MasterProtocol.RegisterAgent>().Seen);
        Assert.Equal(new MasterEpoch(2), _master.ExpectMsg<MasterProtocol.RegisterAgent>().Seen);
    }

    [Fact]
    public void A_master_that_falls_silent_is_looked_for_again()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(1, 1), TimeSpan.FromMilliseconds(200));

        Assert.Equal(new AgentId("agent-1"), _master.ExpectMsg<MasterProtocol.RegisterAgent>().AgentId);
    }

    [Fact]
    public void An_agent_that_there_is_no_room_for_asks_again_and_goes_on()
    {
        var agent = Begin(new AgentIdInMemory(), new SimulatedExecution(_ => null, TimeProvider.System));
        Register(agent, Session(1, 1));
        Run(agent, "task", Session(1, 1));
        _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.Latest == TaskState.Running);
        var ends = CreateTestProbe();
        Sys.EventStream.Subscribe(ends.Ref, typeof(Refused));
        for (var again = 2; again < 5; again++)
        {
            agent.Tell(new AgentProtocol.AgentRefused(
                _incarnation, AgentProtocol.AgentRefusal.NoRoom, "TooManyAgents: the cluster has as many as it may"));
            Assert.Equal(new TaskId("task"), Assert.Single(Register(agent, Session(1, again)).Tasks).TaskId);
        }

        ends.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Pings_of_its_session_are_answered_and_no_others()
    {
        var agent = Begin(new AgentIdInMemory());
        Register(agent, Session(1, 1));

        agent.Tell(new AgentProtocol.Ping(new AgentId("agent-1"), Session(1, 2)), _entity.Ref);
        agent.Tell(new AgentProtocol.Ping(new AgentId("agent-1"), Session(1, 1)), _entity.Ref);

        Assert.Equal(
            new MasterProtocol.Pong(new AgentId("agent-1"), Session(1, 1), 0),
            _entity.ExpectMsg<MasterProtocol.Pong>());
        _entity.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    private static bool IsFree(string directory)
    {
        try
        {
            AgentDirectory.Open(directory).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static AgentSession Session(long epoch, long counter) => new(new MasterEpoch(epoch), counter);

    private IActorRef Begin(IAgentIdentity identity, IExecution? execution = null, TimeSpan? register = null) =>
        Begin(identity, () => execution ?? SimulatedExecution.FinishingAtOnce(), register);

    private IActorRef Begin(IAgentIdentity identity, Func<IExecution> open, TimeSpan? register = null)
    {
        var first = register ?? TimeSpan.FromMilliseconds(50);
        var info = new AgentInfo("host", ResourceSet.Parse("cpus:4;mem:1024;ports:[31000-31009]"), []);
        var options = new AgentOptions("agent", info, Path.GetTempPath())
        {
            Register = new Backoff(first, first * 20),
            Update = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)),
        };
        return Sys.ActorOf(AgentActor.Props(options, open, identity));
    }

    private MasterProtocol.ReportTasks Register(IActorRef agent, AgentSession session, TimeSpan? pingTimeout = null)
    {
        var asked = _master.ExpectMsg<MasterProtocol.RegisterAgent>();
        _incarnation = asked.Incarnation;
        agent.Tell(new AgentProtocol.AgentRegistered(
            new AgentId("agent-1"), session, asked.Incarnation, pingTimeout ?? TimeSpan.FromMinutes(1)));
        var report = _master.FishForMessage<MasterProtocol.ReportTasks>(report => report.Session == session);
        agent.Tell(new AgentProtocol.ReportAccepted(report.AgentId, report.Session));
        return report;
    }

    private void Run(
        IActorRef agent, string task, AgentSession session, string resources = "cpus:1;mem:32", TaskPlan? plan = null)
    {
        var info = new TaskInfo(
            new TaskId(task), task, ResourceSet.Parse(resources), plan ?? TaskPlan.OfShell("true"));
        agent.Tell(new AgentProtocol.RunTask(Framework, info, "role", session), _entity.Ref);
    }

    private TaskProtocol.RunAnswered Answer() => _entity.ExpectMsg<TaskProtocol.RunAnswered>();

    /// <summary>An id on a disk that takes its time.</summary>
    private sealed class SlowIdentity : IAgentIdentity
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<AgentId?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AgentId?> LoadAsync()
        {
            Asked.SetResult();
            return Answer.Task;
        }

        public Task SaveAsync(AgentId id) => Task.CompletedTask;
    }
}
