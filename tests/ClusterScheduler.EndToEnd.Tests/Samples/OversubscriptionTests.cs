using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>An idle task lends its agent out; what runs on that goes when the agent is pressed.</summary>
public sealed class OversubscriptionTests
{
    [Fact]
    public async Task What_an_idle_task_leaves_is_offered_used_and_taken_back_under_pressure()
    {
        var often = TimeSpan.FromMilliseconds(100);
        using var cluster = new LocalCluster(agents: 1, new OversubscriptionSettings(
            true, often, often, TimeSpan.FromSeconds(30), 5, 0.1, PressureCpus: 0.2, PressureMem: 1));
        var updates = Channel.CreateUnbounded<StatusUpdate>();
        cluster.System.ActorOf(Props.Create(() => new Lodger(updates.Writer)));

        using var patience = new CancellationTokenSource(Csched.Patience);
        var ends = new List<StatusUpdate>();
        await foreach (var update in updates.Reader.ReadAllAsync(patience.Token))
        {
            ends.Add(update);
            if (update.State.IsTerminal())
            {
                break;
            }
        }

        Assert.Equal((new TaskId("lodger"), TaskState.Gone), (ends[^1].TaskId, ends[^1].State));
        Assert.Equal(StatusReason.ContainerPreempted, ends[^1].Reason);
        Assert.Contains(ends, static update => update.TaskId.Value == "host" && update.State == TaskState.Running);
    }

    /// <summary>Fills the agent with a task that sleeps, and what comes of it with one that does not.</summary>
    private sealed class Lodger(ChannelWriter<StatusUpdate> updates) : SchedulerActor(new SchedulerSettings(
        new("lodger"),
        new FrameworkInfo("lodger", "nobody", ["*"])
        {
            Capabilities = [.. CapabilityNames.Native, "REVOCABLE_RESOURCES"],
        }))
    {
        protected override void ResourceOffers(ImmutableArray<Offer> offers)
        {
            foreach (var offer in offers)
            {
                var lent = offer.Resources.Where(static item => item.Key.IsRevocable);
                if (lent.IsEmpty)
                {
                    Accept([offer.Id], [Shell("host", offer.Resources, "sleep 600")]);
                }
                else
                {
                    Accept([offer.Id], [Shell("lodger", lent, "while :; do :; done")]);
                }
            }
        }

        protected override void StatusUpdate(StatusUpdate update) => updates.TryWrite(update);

        private static TaskInfo Shell(string name, ResourceSet resources, string line) =>
            new(new TaskId(name), name, resources, TaskPlan.OfShell(line));
    }
}
