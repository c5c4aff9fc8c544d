using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>Two processes on one volume, which takes all the disk of its agent.</summary>
public sealed class SharedVolumeTests
{
    [Fact]
    public async Task Two_tasks_at_once_write_and_read_the_same_file_of_a_shared_volume()
    {
        using var cluster = new LocalCluster(agents: 1, resources: "cpus:1;mem:128;disk:100");
        var updates = Channel.CreateUnbounded<StatusUpdate>();
        cluster.System.ActorOf(Props.Create(() => new Pair(updates.Writer)));

        using var patience = new CancellationTokenSource(Csched.Patience);
        var ended = new Dictionary<TaskId, StatusUpdate>();
        while (ended.Count < 2)
        {
            var update = await updates.Reader.ReadAsync(patience.Token);
            if (update.State.IsTerminal())
            {
                ended[update.TaskId] = update;
            }
        }

        Assert.All(ended.Values, static end => Assert.True(end.State == TaskState.Finished, end.ToString()));
    }

    /// <summary>Each task waits for what the other writes, so that both must run at once.</summary>
    private sealed class Pair(ChannelWriter<StatusUpdate> updates) : SchedulerActor(new SchedulerSettings(
        new("pair"),
        new FrameworkInfo("pair", "nobody", ["eng"])
        {
            Capabilities = [.. CapabilityNames.Native, "SHARED_RESOURCES"],
        }))
    {
        private const string Volume = "disk(+eng)[id=v,path=data]<SHARED>:100";
        private bool _launched;

        protected override void ResourceOffers(ImmutableArray<Offer> offers)
        {
            foreach (var offer in offers)
            {
                if (_launched)
                {
                    Decline([offer.Id]);
                    continue;
                }

                _launched = true;
                Accept(
                    [offer.Id],
                    [
                        new ResourceOperation(OperationKind.Reserve, ResourceSet.Parse("disk(+eng):100")),
                        new ResourceOperation(OperationKind.Create, ResourceSet.Parse(Volume)),
                    ],
                    [
                        Shell("ask", "echo question > data/asked; until grep answer data/told; do sleep 0.1; done"),
                        Shell("tell", "until grep question data/asked; do sleep 0.1; done; echo answer > data/told"),
                    ]);
            }
        }

        protected override void StatusUpdate(StatusUpdate update) => updates.TryWrite(update);

        private static TaskInfo Shell(string name, string line) => new(
            new TaskId(name), name, ResourceSet.Parse($"cpus:0.5;mem:64;{Volume}"), TaskPlan.OfShell(line));
    }
}
