namespace ClusterScheduler.Sdk;

/// <content>Inverse offers: given out once, answered once.</content>
public sealed partial class SchedulerDriver
{
    private readonly SortedDictionary<OfferId, InverseOffer> _inverseOffers = [];

    /// <summary>The inverse offers that were given out and have not ended, in the order of their ids.</summary>
    public IReadOnlyCollection<InverseOffer> InverseOffers => _inverseOffers.Values;

    /// <summary>Will leave these agents in time (Mesos: ACCEPT_INVERSE_OFFERS). Operators are shown it.</summary>
    /// <param name="offerIds">At least one.</param>
    /// <param name="filters">How long it need not be asked again about them; Mesos' 5 s when not given, at least
    /// 1 s.</param>
    /// <returns>False: there is no connection, so they have ended; what is still wanted is asked anew.</returns>
    /// <exception cref="ArgumentException">No inverse offer, or a negative filter.</exception>
    public bool AcceptInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        Answer(offerIds, InverseVerdict.Accepted, filters);

    /// <summary>Will not leave these agents in time (Mesos: DECLINE_INVERSE_OFFERS).</summary>
    /// <inheritdoc cref="AcceptInverse"/>
    public bool DeclineInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        Answer(offerIds, InverseVerdict.Declined, filters);

    private bool Answer(IEnumerable<OfferId> offerIds, InverseVerdict verdict, OfferFilters? filters)
    {
        var ids = Used(offerIds, filters);
        if (!IsConnected)
        {
            return false;
        }

        foreach (var id in ids)
        {
            _inverseOffers.Remove(id);
        }

        Send(new FrameworkProtocol.AnswerInverseOffers(
            FrameworkId, _connection, ids, verdict, filters ?? OfferFilters.Default));
        return true;
    }

    private void OnInverseOffers(ImmutableArray<InverseOffer> offers)
    {
        var fresh = offers.Where(offer => _inverseOffers.TryAdd(offer.Id, offer)).ToImmutableArray();
        if (!fresh.IsEmpty)
        {
            _callbacks.InverseOffers(fresh);
        }
    }

    private void OnInverseRescinded(ImmutableArray<OfferId> offerIds)
    {
        foreach (var id in offerIds)
        {
            if (_inverseOffers.Remove(id))
            {
                _callbacks.InverseOfferRescinded(id);
            }
        }
    }
}
