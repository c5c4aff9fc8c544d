using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A scheduler that looks at agents and commits.</summary>
public sealed class TransactionTests
{
    private static readonly AgentVersion Seen = new(new AgentSession(new MasterEpoch(1), 1), 7);
    private static readonly AgentVersion Now = Seen with { Count = 8 };

    [Fact]
    public async Task It_looks_places_a_gang_and_its_tasks_run()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.ShowAgents(Agent("x"), Agent("y"));
        var least = ResourceSet.Parse("cpus:2");
        var query = await subject.Do(s => s.ViewAgents("red", least, new AgentId("w")));
        var view = await subject.Fake.Expect<FrameworkProtocol.ViewAgents>();
        Assert.Equal(new AgentQuery(query!.Value, "red", least, new AgentId("w")), view.Query);
        await subject.Told("agents x y");

        subject.Fake.RunTasks(static _ => TaskState.Finished);
        var page = await subject.Do(static s => s.Page!);
        Assert.Equal(query, page.QueryId);
        var transaction = await subject.Do(s => s.Commit(
            "red", Place(page.Agents[0], "a"), Place(page.Agents[1], "b")));
        var commit = await subject.Fake.ExpectCommit();
        Assert.Equal((transaction, "red"), (commit.TransactionId, commit.Role));
        Assert.Equal([Seen, Seen], commit.Placements.Select(static placement => placement.Version));
        Assert.Equal(
            ["update a Running", "update b Running", "transaction   ", "update a Finished", "update b Finished"],
            await Hear(subject, 5));
    }

    [Fact]
    public async Task A_conflict_is_told_with_the_agent_and_its_version_now_and_drops_every_task()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.RefuseNextCommit(TransactionRefusal.Conflict(new AgentId("y"), Seen, Now));
        await subject.Do(static s => s.Commit("red", Place(Agent("x"), "a"), Place(Agent("y"), "b")));
        Assert.Equal(
            ["update a Dropped", "update b Dropped", "transaction VersionConflict y 1.1-8"], await Hear(subject, 3));
    }

    [Fact]
    public async Task Without_a_connection_every_task_is_dropped_here_and_nothing_is_shown()
    {
        using var subject = new SchedulerSubject(isCutOff: true);
        Assert.Null(await subject.Do(static s => s.ViewAgents("red")));
        Assert.Null(await subject.Do(static s => s.Commit("red", Place(Agent("x"), "a"))));
        await subject.Told("update a Dropped");
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.CommitTasks>());
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_at_once()
    {
        using var subject = await new SchedulerSubject().Registered();
        var (x, y) = (Place(Agent("x"), "a"), Place(Agent("y"), "a"));
        foreach (var (role, placements, says) in new (string, AgentPlacement[], string)[]
                 {
                     ("green", [x], "green"), ("red", [], "placements"), ("red", [x with { Tasks = [] }], "one task"),
                     ("red", [x, x], "agent 'x'"), ("red", [x, y], "task id 'a'"),
                 })
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(
                () => subject.Do(s => s.Commit(role, [.. placements])));
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(static s => s.ViewAgents("green")));
    }

    private static FreeAgent Agent(string id) => new(new AgentId(id), id, [], Seen, ResourceSet.Parse("cpus:4;mem:64"));

    private static AgentPlacement Place(FreeAgent agent, string task) =>
        new(agent.AgentId, agent.Version, [SchedulerSubject.Task(task)]);

    /// <summary>The next so many things that it is told; updates of different tasks come in any order.</summary>
    private static async Task<string[]> Hear(SchedulerSubject subject, int count)
    {
        var told = new List<string>();
        while (told.Count < count)
        {
            told.Add(await subject.Told());
        }

        return [.. told.OrderBy(static line => line switch
        {
            _ when line.StartsWith("transaction", StringComparison.Ordinal) => 1,
            _ when line.EndsWith("Finished", StringComparison.Ordinal) => 2,
            _ => 0,
        }).ThenBy(static line => line.StartsWith("update", StringComparison.Ordinal) ? line : "")];
    }
}
