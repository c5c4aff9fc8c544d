using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Sdk.Placement;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// A framework that takes whatever it is offered in its role, up to a few tasks that have not ended, and tries to use
/// every offer twice. All that it is told goes to a <see cref="WitnessBook"/>.
/// </summary>
internal sealed class WitnessScheduler : SchedulerActor
{
    private const int OpenMax = 10;
    private const double Cpus = 0.1;

    // Longer than it takes to offer again, so that tasks of it are there all the while.
    private const string Work = "sleep 0.8";

    private static readonly OfferFilters NoFilter = new(TimeSpan.FromMilliseconds(100));

    private readonly WitnessBook _book;
    private readonly TaskLog _log;

    public WitnessScheduler(SchedulerSettings settings, WitnessBook book, TaskLog log)
        : base(settings) => (_book, _log) = (book, log);

    protected override void Registered(FrameworkId frameworkId, MasterEpoch epoch)
    {
        _book.SubscribedTo(epoch);
        Reconcile([.. _book.Open]);
    }

    protected override void Reregistered(MasterEpoch epoch) => _book.SubscribedTo(epoch);

    protected override void ResourceOffers(ImmutableArray<Offer> offers)
    {
        foreach (var offer in offers)
        {
            _book.Offered(offer);
            if (_book.Open.Length >= OpenMax || _book.IsClosing
                || Place(offer) is not { } first || Place(offer) is not { } second)
            {
                Decline([offer.Id], NoFilter);
                continue;
            }

            _book.LaunchedWithOne(first.TaskId, second.TaskId);
            Accept([offer.Id], [first], NoFilter);
            Accept([offer.Id], [second], NoFilter);
        }
    }

    protected override void StatusUpdate(StatusUpdate update) => _book.Updated(update);

    /// <summary>A task of its own in the offer; none where it does not fit.</summary>
    private TaskInfo? Place(Offer offer) => TaskDemand
        .Shell($"witness-{Guid.NewGuid():N}", _log.Around(Work, (decimal)Cpus), Cpus, memMiB: 8)
        .TryPlace(offer.Resources, out var task, out _)
            ? task
            : null;
}
