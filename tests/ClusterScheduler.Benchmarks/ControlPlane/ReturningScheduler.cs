using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>A framework that only says when it is registered with a master.</summary>
internal sealed class ReturningScheduler(SchedulerSettings settings, Action registered) : SchedulerActor(settings)
{
    protected override void Registered(FrameworkId frameworkId, MasterEpoch epoch) => registered();

    protected override void Reregistered(MasterEpoch epoch) => registered();

    protected override void ResourceOffers(ImmutableArray<Offer> offers) =>
        Decline([.. offers.Select(static offer => offer.Id)]);

    protected override void StatusUpdate(StatusUpdate update)
    {
    }
}
