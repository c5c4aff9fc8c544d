using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>Each kind of actor of the control plane is made to fail; what runs, runs on; nothing runs twice.</summary>
public class SupervisionTests
{
    [Theory]
    [InlineData("/user/late-master/master-1/allocator")]
    [InlineData("/user/frameworks/test-framework")]
    [InlineData("/user/tasks/t%2Ftest-framework")]
    public async Task An_actor_that_fails_is_replaced_and_the_task_ends_as_it_should(string path)
    {
        await using var plane = new LocalControlPlane();
        plane.StartAgent("a", "cpus:4;mem:1024");
        await Launch(plane);

        var failed = await plane.System.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(5));
        failed.Tell(Kill.Instance, ActorRefs.NoSender);
        await plane.Subscribe();

        plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId("t"), null));
        StatusUpdate update;
        do
        {
            // What was acknowledged before the failure may come again, and keeps its place in the order.
            update = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
            Acknowledge(plane, update);
        }
        while (!update.State.IsTerminal());

        Assert.Equal(TaskState.Killed, update.State);
        Assert.Single((await plane.AgentNews()).OfType<FakeAgent.Started>());
    }

    [Fact]
    public async Task After_the_allocator_failed_resources_are_offered_again()
    {
        await using var plane = new LocalControlPlane();
        plane.StartAgent("a", "cpus:4;mem:1024");
        await Launch(plane);
        var allocator = await plane.System.ActorSelection("/user/late-master/master-1/allocator")
            .ResolveOne(TimeSpan.FromSeconds(5));
        allocator.Tell(Kill.Instance, ActorRefs.NoSender);

        var again = await plane.Hear<SchedulerProtocol.Subscribed>(subscribed => subscribed.Epoch.Value == 2);
        Assert.Equal(plane.Connection, again.Connection);
        var offers = await plane.HearOffers(epoch: 2);
        Assert.Equal(ResourceSet.Parse("cpus:3;mem:1024"), Assert.Single(offers.Items).Resources);
    }

    [Fact]
    public async Task A_framework_entity_that_starts_anew_learns_which_statuses_its_tasks_have()
    {
        await using var plane = new LocalControlPlane();
        plane.StartAgent("a", "cpus:4;mem:1024");
        await Launch(plane);
        var before = await List(plane);
        Assert.Equal(TaskState.Running, before.Latest!.State);

        var entity = await plane.System.ActorSelection("/user/frameworks/test-framework")
            .ResolveOne(TimeSpan.FromSeconds(5));
        entity.Tell(Kill.Instance, ActorRefs.NoSender);

        // Nobody subscribes again: the status comes from the task, not with what it repeats.
        await LocalControlPlane.Eventually(async () =>
        {
            try
            {
                var after = await List(plane);
                Assert.True(after.Latest is not null || after.StatusUnknown, "no status, and not shown as unknown");
                return after.Latest?.Uuid == before.Latest.Uuid ? null : $"the status is {after.Latest}";
            }
            catch (AskTimeoutException)
            {
                return "the question was lost with the entity's former life";
            }
        });
    }

    private static async Task<FrameworkProtocol.TaskSummary> List(LocalControlPlane plane)
    {
        var list = await ClusterRefs.Of(plane.System).Frameworks.Ask<FrameworkProtocol.TaskList>(
            new FrameworkProtocol.ListTasks(plane.Framework), TimeSpan.FromSeconds(1));
        return Assert.Single(list.Tasks);
    }

    private static async Task Launch(LocalControlPlane plane)
    {
        await plane.Subscribe();
        var offer = Assert.Single((await plane.Hear<SchedulerProtocol.Offers>()).Items);
        var task = new TaskInfo(
            new TaskId("t"), "hold", ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"));
        plane.Tell(new FrameworkProtocol.AcceptOffers(
            plane.Framework, plane.Connection, [offer.Id], [task], new OfferFilters(TimeSpan.Zero)));
        var running = await plane.Hear<SchedulerProtocol.Updated>(
            updated => updated.Update.State == TaskState.Running);
        Acknowledge(plane, running.Update);
    }

    private static void Acknowledge(LocalControlPlane plane, StatusUpdate update) => plane.Tell(
        new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, update.TaskId, update.Uuid!.Value));
}
