using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>
/// A role takes back what it is guaranteed, through the real entities: from the question to the end of a task.
/// </summary>
public class ReclaimTests
{
    private static readonly Guid ProdConnection = Guid.NewGuid();
    private static readonly FrameworkInfo Batch = new("batch", "root", ["batch"]);

    [Fact]
    public async Task Who_does_not_leave_is_preempted_and_the_role_gets_what_it_is_guaranteed()
    {
        await using var plane = Plane(TimeSpan.FromMilliseconds(300));
        await Starve(plane);

        var asked = Assert.Single((await plane.Hear<SchedulerProtocol.InverseOffers>()).Items);
        Assert.Equal(("prod", "cheap"), (asked.Reclaim!.Role, Assert.Single(asked.Reclaim.Tasks).Value));
        var end = await Ended(plane);
        Assert.Equal(("cheap", TaskState.Gone, StatusReason.ContainerPreempted), (end.TaskId.Value, end.State,
            end.Reason));
        await plane.Hear<SchedulerProtocol.InverseRescinded>(rescinded => rescinded.OfferIds.Contains(asked.Id));
        await Holds(plane, "prod", "cpus:2");
        Assert.Equal("cheap", Assert.Single((await Plan(plane)).Killed).TaskId.Value);
    }

    [Fact]
    public async Task Who_gives_back_what_it_is_asked_for_loses_nothing_else()
    {
        await using var plane = Plane(TimeSpan.FromHours(1));
        await Starve(plane);
        var asked = Assert.Single((await plane.Hear<SchedulerProtocol.InverseOffers>()).Items);
        plane.Tell(new FrameworkProtocol.AnswerInverseOffers(plane.Framework, plane.Connection, [asked.Id],
            InverseVerdict.Accepted, OfferFilters.Default));

        // Which task it ends is its own affair.
        plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId("dear"), null));
        var end = await Ended(plane);
        Assert.Equal(("dear", TaskState.Killed), (end.TaskId.Value, end.State));
        await Holds(plane, "prod", "cpus:2");
        await LocalControlPlane.Eventually(async () =>
            (await Plan(plane)).Steps.IsEmpty ? null : "something is still to be taken back");
        Assert.Empty((await Plan(plane)).Killed);
    }

    [Fact]
    public async Task A_preemption_that_is_stored_is_carried_out_once_though_the_master_fails_over_in_between()
    {
        await using var plane = Plane(TimeSpan.FromMilliseconds(300));
        var agent = await Starve(plane);
        agent.Tell(new FakeAgent.Sleep(true));
        await LocalControlPlane.Eventually(async () =>
            (await Plan(plane)).Killed.IsEmpty ? "nothing is killed yet" : null);
        await LocalControlPlane.Eventually(async () =>
        {
            var shown = await ClusterRefsOf(plane).Tasks.Ask<TaskProtocol.TaskShown>(
                new TaskProtocol.ShowTask(plane.Framework, new TaskId("cheap")), TimeSpan.FromSeconds(5));
            return shown.KillRequested ? null : "the entity has not stored it yet";
        });
        plane.StopMaster();
        plane.StartMaster();
        agent.Tell(new FakeAgent.Sleep(false));

        var end = await Ended(plane);
        Assert.Equal(("cheap", StatusReason.ContainerPreempted), (end.TaskId.Value, end.Reason));
        await Holds(plane, "prod", "cpus:2");
        Assert.Empty((await Plan(plane)).Steps);
        Assert.Equal(["cheap"], (await plane.AgentNews()).OfType<AgentProtocol.KillTask>()
            .Select(static kill => kill.TaskId.Value).Distinct());
    }

    private static LocalControlPlane Plane(TimeSpan leaveWithin) => new(MasterOptions.Default with
    {
        Retry = TimeSpan.FromMilliseconds(100),
        Reclaim = new ReclaimSettings(ReclaimMode.Kill, TimeSpan.FromMilliseconds(100), leaveWithin)
        {
            Interval = TimeSpan.FromMilliseconds(50),
        },
    });

    /// <summary>Two tasks use the agent; then role prod, which is guaranteed half of it, wants that.</summary>
    private static async Task<IActorRef> Starve(LocalControlPlane plane)
    {
        var agent = plane.StartAgent("a", "cpus:4;mem:1024");
        await plane.Subscribe(Batch);
        var offer = Assert.Single((await plane.Hear<SchedulerProtocol.Offers>()).Items);
        plane.Tell(new FrameworkProtocol.AcceptOffers(plane.Framework, plane.Connection, [offer.Id],
            [Hold("cheap", -1), Hold("dear", 1)], OfferFilters.Default));
        foreach (var task in new[] { "cheap", "dear" })
        {
            var running = await plane.Hear<SchedulerProtocol.Updated>(
                updated => updated.Update.TaskId.Value == task && updated.Update.State == TaskState.Running);
            Acknowledge(plane, running.Update);
        }

        await plane.AskMaster<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
            [QuotaConfig.Of(RoleName.Parse("prod"), Quota.Parse("cpus:2", ""))], Force: false, DryRun: false));
        await SubscribeProd(plane);
        return agent;
    }

    /// <summary>The other framework, of the same listener; it is only ever offered something.</summary>
    private static async Task SubscribeProd(LocalControlPlane plane)
    {
        plane.Tell(new FrameworkProtocol.Subscribe(
            new FrameworkId("prod"), new FrameworkInfo("prod", "root", ["prod"]), ProdConnection, []));
        await plane.Hear<SchedulerProtocol.Subscribed>(static subscribed => subscribed.Connection == ProdConnection);
    }

    private static async Task Holds(LocalControlPlane plane, string role, string amounts) =>
        await LocalControlPlane.Eventually(async () =>
        {
            var roles = await plane.AskMaster<MasterProtocol.RoleList>(new MasterProtocol.ListRoles());
            var held = roles.Roles.FirstOrDefault(each => each.Role == role)?.Allocated ?? ResourceSet.Empty;
            return held.Contains(ResourceSet.Parse(amounts)) ? null : $"role {role} holds {held}";
        });

    private static async Task<StatusUpdate> Ended(LocalControlPlane plane)
    {
        var end = (await plane.Hear<SchedulerProtocol.Updated>(updated => updated.Update.State.IsTerminal())).Update;
        Acknowledge(plane, end);
        return end;
    }

    private static Task<MasterProtocol.ReclaimPlanned> Plan(LocalControlPlane plane) =>
        plane.AskMaster<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim());

    private static void Acknowledge(LocalControlPlane plane, StatusUpdate update) => plane.Tell(
        new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, update.TaskId, update.Uuid!.Value));

    private static Runtime.Entities.ClusterRefs ClusterRefsOf(LocalControlPlane plane) =>
        Runtime.Entities.ClusterRefs.Of(plane.System);

    private static TaskInfo Hold(string id, int priority) =>
        new(new TaskId(id), "hold", ResourceSet.Parse("cpus:2;mem:64"), TaskPlan.OfShell("true"))
        {
            Priority = priority,
        };
}
