using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>A framework that fills every offer with equal tasks until it has launched as many as wanted.</summary>
internal sealed class LoadScheduler : SchedulerActor
{
    private static readonly ResourceSet Size = ResourceSet.Parse("cpus:1;mem:64");
    private static readonly TaskPlan Plan = TaskPlan.OfShell("true");
    private static readonly OfferFilters NoFilter = new(TimeSpan.Zero);

    private readonly LoadCount _count;
    private readonly HashSet<TaskId> _open = [];
    private long _left;
    private long _launched;

    public LoadScheduler(SchedulerSettings settings, LoadCount count)
        : base(settings)
    {
        _count = count;
        Receive<More>(more =>
        {
            _left += more.Tasks;
            Revive();
        });
    }

    protected override void Registered(Core.Frameworks.FrameworkId frameworkId, Core.Agents.MasterEpoch epoch) =>
        _count.Subscribed();

    protected override void ResourceOffers(ImmutableArray<Offer> offers)
    {
        foreach (var offer in offers)
        {
            var rest = offer.Resources;
            var tasks = ImmutableArray.CreateBuilder<TaskInfo>();
            while (_left > 0 && rest.TrySubtract(Size, out rest))
            {
                var id = new TaskId($"{_launched++}");
                _open.Add(id);
                tasks.Add(new TaskInfo(id, "load", Size, Plan));
                _left--;
            }

            if (tasks.Count > 0)
            {
                Accept([offer.Id], tasks.DrainToImmutable(), NoFilter);
            }
            else
            {
                Decline([offer.Id], NoFilter);
            }
        }

        if (_left == 0)
        {
            Suppress();
        }
    }

    protected override void StatusUpdate(StatusUpdate update)
    {
        if (!update.State.IsTerminal() || _open.Remove(update.TaskId))
        {
            _count.Met(update);
        }
        else
        {
            _count.MetTwice(update);
        }
    }

    /// <summary>Run so many more.</summary>
    internal sealed record More(long Tasks);
}
