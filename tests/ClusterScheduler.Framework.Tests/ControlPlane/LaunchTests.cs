using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

public class LaunchTests
{
    [Fact]
    public async Task A_task_goes_from_an_offer_to_its_end_and_its_resources_return()
    {
        await using var plane = new LocalControlPlane();
        plane.StartAgent("a", "cpus:4;mem:1024");
        var subscribed = await plane.Subscribe();
        Assert.Equal(1, subscribed.Epoch.Value);

        var offer = Assert.Single((await plane.Hear<SchedulerProtocol.Offers>()).Items);
        Assert.Equal(ResourceSet.Parse("cpus:4;mem:1024"), offer.Resources);
        Accept(plane, offer, Task("t1", "cpus:1;mem:100"), Task("t2", "cpus:3;mem:100"));

        foreach (var id in new[] { "t1", "t2" })
        {
            await Update(plane, id, TaskState.Running);
            await Update(plane, id, TaskState.Finished);
        }

        await LocalControlPlane.Eventually(async () =>
        {
            var agents = await plane.AskMaster<MasterProtocol.AgentList>(new MasterProtocol.ListAgents());
            var agent = Assert.Single(agents.Agents);
            return agent.Used.IsEmpty && agent.Offered == agent.Info.Resources
                ? null
                : $"used {agent.Used}, offered {agent.Offered}";
        });
    }

    [Fact]
    public async Task An_offer_is_used_once()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        Accept(plane, offer, Task("t1", "cpus:1"));
        Accept(plane, offer, Task("t2", "cpus:1"));

        var dropped = await plane.Hear<SchedulerProtocol.Updated>(updated => updated.Update.TaskId.Value == "t2");
        Assert.Equal(TaskState.Dropped, dropped.Update.State);
        Assert.Equal(StatusReason.InvalidOffers, dropped.Update.Reason);
    }

    [Fact]
    public async Task What_does_not_fit_the_offer_is_an_error_and_the_rest_runs()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        Accept(plane, offer, Task("big", "cpus:9"), Task("small", "cpus:1"));

        var updates = new Dictionary<string, TaskState>();
        while (!updates.ContainsKey("big") || updates.GetValueOrDefault("small") != TaskState.Finished)
        {
            var update = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
            updates[update.TaskId.Value] = update.State;
            Acknowledge(plane, update);
        }

        Assert.Equal(TaskState.Error, updates["big"]);
    }

    [Fact]
    public async Task A_killed_task_ends_killed()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        Accept(plane, offer, Task("t", "cpus:1", "hold"));
        await Update(plane, "t", TaskState.Running);

        plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId("t"), null));
        await Update(plane, "t", TaskState.Killed);
    }

    [Fact]
    public async Task A_new_master_knows_the_running_tasks_and_drops_what_it_never_granted()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        Accept(plane, offer, Task("t", "cpus:1", "hold"));
        await Update(plane, "t", TaskState.Running);
        var rest = Assert.Single((await plane.Hear<SchedulerProtocol.Offers>()).Items);

        plane.StopMaster();
        Accept(plane, rest, Task("late", "cpus:1"));
        plane.StartMaster();

        await plane.Hear<SchedulerProtocol.Subscribed>(subscribed => subscribed.Epoch.Value == 2);
        var dropped = await plane.Hear<SchedulerProtocol.Updated>(updated => updated.Update.TaskId.Value == "late");
        Assert.Equal(TaskState.Dropped, dropped.Update.State);
        plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId("t"), null));
        await Update(plane, "t", TaskState.Killed);
    }

    [Fact]
    public async Task An_offer_after_a_failover_leaves_out_what_runs()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        Accept(plane, offer, Task("t", "cpus:1;mem:24", "hold"));
        await Update(plane, "t", TaskState.Running);
        plane.StopMaster();
        plane.StartMaster();
        await plane.Hear<SchedulerProtocol.Subscribed>(subscribed => subscribed.Epoch.Value == 2);

        var after = Assert.Single((await plane.HearOffers(epoch: 2)).Items);
        Assert.Equal(ResourceSet.Parse("cpus:3;mem:1000"), after.Resources);
        Assert.Single((await plane.AgentNews()).OfType<FakeAgent.Started>());
    }

    [Fact]
    public async Task A_scheduler_that_does_not_come_back_in_time_loses_its_tasks_and_its_id()
    {
        await using var plane = new LocalControlPlane();
        var info = new FrameworkInfo("test", "root", ["*"]) { FailoverTimeout = TimeSpan.FromMilliseconds(200) };
        plane.StartAgent("a", "cpus:4;mem:1024");
        await plane.Subscribe(info);
        var offer = Assert.Single((await plane.Hear<SchedulerProtocol.Offers>()).Items);
        Accept(plane, offer, Task("t", "cpus:1", "hold"));
        await Update(plane, "t", TaskState.Running);
        Assert.Empty((await plane.AgentNews()).OfType<AgentProtocol.KillTask>());

        plane.Tell(new FrameworkProtocol.Unsubscribe(plane.Framework, plane.Connection));

        await LocalControlPlane.Eventually(async () =>
        {
            var news = await plane.AgentNews();
            return news.OfType<AgentProtocol.KillTask>().Any(kill => kill.TaskId.Value == "t") ? null : "t runs on";
        });
        plane.Tell(new FrameworkProtocol.Subscribe(plane.Framework, info, Guid.NewGuid(), []));
        var refused = await plane.Hear<SchedulerProtocol.SubscriptionEnded>();
        Assert.Contains("did not come back within the failover timeout", refused.Message, StringComparison.Ordinal);
        Assert.Contains("subscribe under a new id", refused.Message, StringComparison.Ordinal);
        await LocalControlPlane.Eventually(async () =>
        {
            var agents = await plane.AskMaster<MasterProtocol.AgentList>(new MasterProtocol.ListAgents());
            return Assert.Single(agents.Agents).Used is { IsEmpty: false } used ? $"used {used}" : null;
        });
    }

    [Theory]
    [InlineData("x", 256, "a framework id has 1 to 255 characters; this one has 256")]
    [InlineData("../f", 1, "framework id '../f' has a slash")]
    public async Task An_id_that_no_framework_can_have_is_refused(string part, int times, string why)
    {
        await using var plane = new LocalControlPlane();
        var info = new FrameworkInfo("test", "root", ["*"]);

        var id = new FrameworkId(string.Concat(Enumerable.Repeat(part, times)));
        plane.Tell(new FrameworkProtocol.Subscribe(id, info, Guid.NewGuid(), []));

        var refused = await plane.Hear<SchedulerProtocol.SubscriptionEnded>();
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static TaskInfo Task(string id, string resources, string name = "quick") =>
        new(new TaskId(id), name, ResourceSet.Parse(resources), TaskPlan.OfShell("true"));

    private static void Accept(LocalControlPlane plane, Offer offer, params TaskInfo[] tasks) => plane.Tell(
        new FrameworkProtocol.AcceptOffers(
            plane.Framework, plane.Connection, [offer.Id], [.. tasks], new OfferFilters(TimeSpan.Zero)));

    private static async Task Update(LocalControlPlane plane, string id, TaskState state)
    {
        var updated = await plane.Hear<SchedulerProtocol.Updated>(
            one => one.Update.TaskId.Value == id && one.Update.State == state);
        Acknowledge(plane, updated.Update);
    }

    private static void Acknowledge(LocalControlPlane plane, StatusUpdate update) => plane.Tell(
        new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, update.TaskId, update.Uuid!.Value));
}
