using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>Transactions from the scheduler's call to running tasks, also where the master dies in between.</summary>
public class TransactionTests
{
    [Fact]
    public async Task A_gang_runs_on_all_its_agents_and_what_it_used_returns()
    {
        await using var plane = new LocalControlPlane();
        var agents = await TwoAgents(plane);
        var transaction = Commit(plane, Place(agents[0], Task("a", "cpus:4", "hold"), Task("a2", "mem:1", "hold")),
            Place(agents[1], Task("b", "cpus:3", "hold")));

        var answered = await plane.Hear<SchedulerProtocol.TransactionAnswered>();
        Assert.Equal(transaction, answered.TransactionId);
        Assert.Null(answered.Refusal);
        foreach (var id in new[] { "a", "a2", "b" })
        {
            await Update(plane, id, TaskState.Running);
            plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId(id), null));
            await Update(plane, id, TaskState.Killed);
        }

        await LocalControlPlane.Eventually(async () =>
            (await plane.AskMaster<MasterProtocol.AgentList>(new MasterProtocol.ListAgents())).Agents
                .All(static agent => agent.Used.IsEmpty)
                ? null
                : "the gang still uses something");
    }

    [Fact]
    public async Task A_conflict_drops_the_whole_gang_and_a_second_look_succeeds()
    {
        await using var plane = new LocalControlPlane();
        var agents = await TwoAgents(plane);
        Commit(plane, Place(agents[1], Task("first", "cpus:1", "hold")));
        Assert.Null((await plane.Hear<SchedulerProtocol.TransactionAnswered>()).Refusal);

        Commit(plane, Place(agents[0], Task("a", "cpus:1")), Place(agents[1], Task("b", "cpus:1")));
        var refusal = (await plane.Hear<SchedulerProtocol.TransactionAnswered>()).Refusal!;
        Assert.Equal((TransactionFault.VersionConflict, agents[1].AgentId), (refusal.Fault, refusal.AgentId));
        await Update(plane, "a", TaskState.Dropped);
        await Update(plane, "b", TaskState.Dropped);

        var now = await View(plane);
        Assert.Equal(now[1].Version, refusal.Version);
        Commit(plane, Place(now[0], Task("a-2", "cpus:1")), Place(now[1], Task("b-2", "cpus:1")));
        await Update(plane, "a-2", TaskState.Running);
        await Update(plane, "b-2", TaskState.Running);
        Assert.Equal(3, (await plane.AgentNews()).OfType<FakeAgent.Started>().Count());
    }

    [Fact]
    public async Task One_wrong_task_drops_the_others_before_the_master_hears_of_it()
    {
        await using var plane = new LocalControlPlane();
        var agents = await TwoAgents(plane);
        Commit(plane, Place(agents[0], Task("good", "cpus:1")), Place(agents[1], Task("", "cpus:1")));

        var answered = await plane.Hear<SchedulerProtocol.TransactionAnswered>();
        Assert.Equal(TransactionFault.TaskInvalid, answered.Refusal!.Fault);
        await Update(plane, "good", TaskState.Dropped);
        await Update(plane, "", TaskState.Error);
        Assert.Equal(agents.Select(static agent => agent.Version), (await View(plane)).Select(static a => a.Version));
    }

    [Fact]
    public async Task A_gang_that_a_dying_master_may_have_granted_is_dropped_by_the_next_and_starts_nowhere()
    {
        await using var plane = new LocalControlPlane();
        var agents = await TwoAgents(plane);
        plane.StopMaster();
        Commit(plane, Place(agents[0], Task("a", "cpus:4")), Place(agents[1], Task("b", "cpus:4")));
        plane.StartMaster();

        await plane.Hear<SchedulerProtocol.Subscribed>(subscribed => subscribed.Epoch.Value == 2);
        var refusal = (await plane.Hear<SchedulerProtocol.TransactionAnswered>()).Refusal!;
        Assert.Contains(refusal.Fault, new[]
        {
            TransactionFault.VersionConflict, TransactionFault.UnknownAgent, TransactionFault.NotSubscribed,
        });
        await Update(plane, "a", TaskState.Dropped);
        await Update(plane, "b", TaskState.Dropped);

        agents = await ViewBoth(plane);
        Assert.All(agents, static agent => Assert.Equal(2, agent.Version.Session.Epoch.Value));
        Commit(plane, Place(agents[0], Task("a-2", "cpus:4")), Place(agents[1], Task("b-2", "cpus:4")));
        await Update(plane, "a-2", TaskState.Running);
        await Update(plane, "b-2", TaskState.Running);
        Assert.Equal(2, (await plane.AgentNews()).OfType<FakeAgent.Started>().Count());
    }

    /// <summary>An agent may register again at any time; what the gang then loses is dropped and told.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Over_a_link_that_loses_repeats_and_delays_a_gang_starts_whole_and_each_task_once(int seed)
    {
        var retry = MasterOptions.Default with { Retry = TimeSpan.FromMilliseconds(100) };
        await using var plane = new LocalControlPlane(retry, BadLink.From(seed));
        var agents = await TwoAgents(plane);
        var running = 0;
        for (var attempt = 1; running < 2; attempt++)
        {
            Assert.True(attempt <= 10, "ten gangs were dropped");
            var (a, b) = ($"a-{attempt}", $"b-{attempt}");
            Commit(plane, Place(agents[0], Task(a, "cpus:1", "hold")), Place(agents[1], Task(b, "cpus:1", "hold")));
            var first = await plane.Hear<SchedulerProtocol.Updated>(update => update.Update.TaskId.Value == a);
            var second = await plane.Hear<SchedulerProtocol.Updated>(update => update.Update.TaskId.Value == b);
            running = new[] { first, second }.Count(static each => each.Update.State == TaskState.Running);
            agents = running < 2 ? await ViewBoth(plane) : agents;
        }

        var started = (await plane.AgentNews()).OfType<FakeAgent.Started>().ToArray();
        Assert.Equal(started.Length, started.Distinct().Count());
    }

    private static async Task<ImmutableArray<FreeAgent>> TwoAgents(LocalControlPlane plane)
    {
        plane.StartAgent("x", "cpus:4;mem:1024");
        plane.StartAgent("y", "cpus:4;mem:1024");
        await plane.Subscribe(null, "*");
        return await ViewBoth(plane);
    }

    /// <summary>Looks until both agents are here.</summary>
    private static async Task<ImmutableArray<FreeAgent>> ViewBoth(LocalControlPlane plane)
    {
        ImmutableArray<FreeAgent> seen = [];
        await LocalControlPlane.Eventually(async () =>
        {
            seen = await View(plane);
            return seen.Length == 2 ? null : $"{seen.Length} agents are free";
        });
        return seen;
    }

    /// <summary>A view is not repeated for the scheduler; asked for until it is answered.</summary>
    private static async Task<ImmutableArray<FreeAgent>> View(LocalControlPlane plane)
    {
        while (true)
        {
            var query = new AgentQuery(Guid.NewGuid(), "*", ResourceSet.Empty, null);
            plane.Tell(new FrameworkProtocol.ViewAgents(plane.Framework, plane.Connection, query));
            if (await plane.HearWithin<SchedulerProtocol.AgentsShown>(
                TimeSpan.FromMilliseconds(500), shown => shown.Page.QueryId == query.QueryId) is { } answer)
            {
                return answer.Page.Agents;
            }
        }
    }

    private static Guid Commit(LocalControlPlane plane, params ImmutableArray<AgentPlacement> placements)
    {
        var transaction = Guid.NewGuid();
        plane.Tell(new FrameworkProtocol.CommitTasks(
            plane.Framework, plane.Connection, transaction, "*", placements));
        return transaction;
    }

    private static AgentPlacement Place(FreeAgent agent, params ImmutableArray<TaskInfo> tasks) =>
        new(agent.AgentId, agent.Version, tasks);

    private static TaskInfo Task(string id, string resources, string name = "quick") =>
        new(new TaskId(id), name, ResourceSet.Parse(resources), TaskPlan.OfShell("true"));

    private static async Task Update(LocalControlPlane plane, string id, TaskState state)
    {
        var updated = await plane.Hear<SchedulerProtocol.Updated>(
            one => one.Update.TaskId.Value == id && one.Update.State == state);
        plane.Tell(new FrameworkProtocol.Acknowledge(
            plane.Framework, plane.Connection, updated.Update.TaskId, updated.Update.Uuid!.Value));
    }
}
