using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Master.Allocation;

/// <content>Offers that are held for too long.</content>
internal sealed partial class AllocatorActor
{
    private const string OverdueTimer = "overdue";

    private static readonly TimeSpan LookLeast = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookMost = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        if (options.Allocator.OfferTimeout is { } timeout)
        {
            var look = timeout / 4;
            look = look < LookLeast ? LookLeast : look > LookMost ? LookMost : look;
            Timers.StartPeriodicTimer(OverdueTimer, LookForOverdue.Instance, look);
        }
    }

    /// <summary>The master ends them; a second time would change nothing, and what is given back comes later.</summary>
    private void HeldOffers() => Receive<LookForOverdue>(_ =>
    {
        var now = Now;
        ImmutableArray<RecalledOffer> overdue =
        [
            .. allocator.Overdue(now).Select(static held => new RecalledOffer(
                held.Framework, held.Role, held.Agent, held.Resources)),
        ];
        if (!overdue.IsEmpty)
        {
            Context.Parent.Tell(new AllocatorProtocol.Recall(overdue, now - options.Allocator.OfferTimeout));
        }
    });

    private sealed record LookForOverdue : INoSerializationVerificationNeeded
    {
        public static LookForOverdue Instance { get; } = new();
    }
}
