using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>
/// One framework fills the cluster with real processes; another, whose role is guaranteed half of it, comes later.
/// </summary>
public sealed class ReclaimTests
{
    [Theory]
    [InlineData(true, TaskState.Killed, StatusReason.None)]
    [InlineData(false, TaskState.Gone, StatusReason.ContainerPreempted)]
    public async Task The_role_gets_its_guarantee_from_who_is_asked_or_else_by_killing(
        bool isGivenBack, TaskState state, StatusReason reason)
    {
        using var cluster = new LocalCluster(agents: 1, master: MasterOptions.Default with
        {
            Reclaim = new ReclaimSettings(ReclaimMode.Kill, TimeSpan.FromMilliseconds(200),
                isGivenBack ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(1))
            {
                Interval = TimeSpan.FromMilliseconds(100),
            },
        });
        var news = Channel.CreateUnbounded<object>();
        using var patience = new CancellationTokenSource(Csched.Patience);
        cluster.System.ActorOf(Props.Create(() => new Tenant(news.Writer, isGivenBack)));
        await Hear<StatusUpdate>(news.Reader, update => update is { State: TaskState.Running, TaskId.Value: "cheap" });
        await ClusterRefs.Of(cluster.System).Master.Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
            [QuotaConfig.Of(RoleName.Parse("prod"), Quota.Parse("cpus:0.5", ""))], Force: true, DryRun: false),
            Csched.Patience);
        cluster.System.ActorOf(Props.Create(() => new Owner(news.Writer)));

        var asked = await Hear<InverseOffer>(news.Reader, _ => true);
        Assert.Equal(("prod", "cheap"), (asked.Reclaim!.Role, Assert.Single(asked.Reclaim.Tasks).Value));
        var end = await Hear<StatusUpdate>(news.Reader, update => update.State.IsTerminal());
        Assert.Equal(("cheap", state, reason), (end.TaskId.Value, end.State, end.Reason));
        var runs = await Hear<StatusUpdate>(
            news.Reader, update => update.State.IsTerminal() || update.TaskId.Value == "own");
        Assert.Equal(("own", TaskState.Running), (runs.TaskId.Value, runs.State));

        async Task<T> Hear<T>(ChannelReader<object> reader, Func<T, bool> wanted)
        {
            await foreach (var message in reader.ReadAllAsync(patience.Token))
            {
                if (message is T found && wanted(found))
                {
                    return found;
                }
            }

            throw new InvalidOperationException("nothing more is said");
        }
    }

    private static TaskInfo Sleep(string name, int priority) =>
        new(new TaskId(name), name, ResourceSet.Parse("cpus:0.5;mem:32"), TaskPlan.OfShell("exec sleep 600"))
        {
            Priority = priority,
        };

    /// <summary>Takes all that is offered, once; gives back what it is asked for, or does not.</summary>
    private sealed class Tenant(ChannelWriter<object> news, bool givesBack) : SchedulerActor(
        new SchedulerSettings(new("tenant"), new FrameworkInfo("tenant", "nobody", ["batch"])))
    {
        protected override void ResourceOffers(ImmutableArray<Offer> offers)
        {
            Accept([offers[0].Id], [Sleep("dear", 5), Sleep("cheap", 0)]);
            Suppress();
        }

        protected override void InverseOffers(ImmutableArray<InverseOffer> offers)
        {
            foreach (var offer in offers)
            {
                news.TryWrite(offer);
                if (givesBack)
                {
                    AcceptInverse([offer.Id]);
                    offer.Reclaim!.Tasks.ToList().ForEach(task => Kill(task));
                }
                else
                {
                    DeclineInverse([offer.Id]);
                }
            }
        }

        protected override void StatusUpdate(StatusUpdate update) => news.TryWrite(update);
    }

    private sealed class Owner(ChannelWriter<object> news) : SchedulerActor(
        new SchedulerSettings(new("owner"), new FrameworkInfo("owner", "nobody", ["prod"])))
    {
        protected override void ResourceOffers(ImmutableArray<Offer> offers)
        {
            foreach (var offer in offers)
            {
                if (offer.Resources.Contains(ResourceSet.Parse("cpus:0.5;mem:32")))
                {
                    Accept([offer.Id], [Sleep("own", 0)]);
                }
                else
                {
                    Decline([offer.Id]);
                }
            }
        }

        protected override void StatusUpdate(StatusUpdate update) => news.TryWrite(update);
    }
}
