using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>
/// Between master, agents, frameworks and tasks messages are lost, repeated and reordered; everything ends as it should
/// all the same, no task starts twice, and nothing stays held. The seed is in the name of a failing case.
/// </summary>
public class LossTests
{
    private const int Tasks = 12;

    private static readonly ResourceSet Size = ResourceSet.Parse("cpus:1;mem:64");

    private static readonly MasterOptions Options = MasterOptions.Default with
    {
        Retry = TimeSpan.FromMilliseconds(100),
        ConfirmAfter = TimeSpan.FromSeconds(1),
        AuditInterval = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Tasks_end_once_and_nothing_stays_held_though_messages_are_lost(int seed)
    {
        await using var plane = new LocalControlPlane(Options, BadLink.From(seed));
        plane.StartAgent("a", "cpus:4;mem:1024");
        await plane.Subscribe();
        var ends = await RunAll(plane);

        Assert.Equal(Tasks, ends.Count);
        var started = (await plane.AgentNews())
            .OfType<FakeAgent.Started>().Select(static each => each.Task).ToList();
        Assert.Equal(started.Distinct(), started);
        await LocalControlPlane.Eventually(async () =>
        {
            var agents = (await plane.AskMaster<MasterProtocol.AgentList>(new MasterProtocol.ListAgents())).Agents;
            return agents is [{ Tasks.IsEmpty: true }] ? null : $"still held: {agents[0].Tasks.Length} tasks";
        });
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_task_becomes_unreachable_and_running_again_though_messages_are_lost(int seed)
    {
        var options = Options with { PingInterval = TimeSpan.FromMilliseconds(300), PingsMissedMax = 3 };
        await using var plane = new LocalControlPlane(options, BadLink.From(seed));
        var agent = plane.StartAgent("a", "cpus:4;mem:1024");
        await plane.Subscribe();
        var offer = (await plane.Hear<SchedulerProtocol.Offers>()).Items[0];
        plane.Tell(new FrameworkProtocol.AcceptOffers(
            plane.Framework, plane.Connection, [offer.Id], [Info("t", "hold")], new OfferFilters(TimeSpan.Zero)));
        await HearState(plane, TaskState.Running);

        agent.Tell(new FakeAgent.Sleep(true));
        await HearState(plane, TaskState.Unreachable);
        agent.Tell(new FakeAgent.Sleep(false));
        await HearState(plane, TaskState.Running);
        Assert.Single((await plane.AgentNews()).OfType<FakeAgent.Started>());
    }

    private static async Task<HashSet<TaskId>> RunAll(LocalControlPlane plane)
    {
        var (launched, ends) = (0, new HashSet<TaskId>());
        while (ends.Count < Tasks)
        {
            switch (await plane.Hear<object>(static message =>
                message is SchedulerProtocol.Offers or SchedulerProtocol.Updated))
            {
                case SchedulerProtocol.Offers offers:
                    foreach (var offer in offers.Items)
                    {
                        var fits = launched < Tasks && offer.Resources.Contains(Size);
                        ImmutableArray<TaskInfo> next = fits ? [Info($"t{launched++}", "short")] : [];
                        plane.Tell(new FrameworkProtocol.AcceptOffers(plane.Framework, plane.Connection, [offer.Id],
                            next, new OfferFilters(TimeSpan.Zero)));
                    }

                    break;
                case SchedulerProtocol.Updated updated:
                    Acknowledge(plane, updated.Update);
                    if (updated.Update.State.IsTerminal())
                    {
                        // Where its agent came back under a new session first, it was dropped: it never ran.
                        Assert.True(
                            updated.Update.State is TaskState.Finished or TaskState.Dropped, updated.ToString());
                        ends.Add(updated.Update.TaskId);
                    }

                    break;
            }
        }

        return ends;
    }

    private static async Task HearState(LocalControlPlane plane, TaskState state)
    {
        while (true)
        {
            var update = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
            Acknowledge(plane, update);
            if (update.State == state)
            {
                return;
            }
        }
    }

    private static void Acknowledge(LocalControlPlane plane, StatusUpdate update)
    {
        if (update.Uuid is { } uuid)
        {
            plane.Tell(new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, update.TaskId, uuid));
        }
    }

    private static TaskInfo Info(string id, string name) =>
        new(new TaskId(id), name, Size, TaskPlan.OfShell("true"));
}
