using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Sdk;

/// <content>Offers: given out once, ended once.</content>
public sealed partial class SchedulerDriver
{
    /// <summary>
    /// Uses offers for tasks; what is left of them is declined with the filters (Mesos: ACCEPT with LAUNCH). Every
    /// task is answered by updates: it runs, or it comes back as <see cref="TaskState.Dropped"/> or
    /// <see cref="TaskState.Error"/> with a reason. No tasks: the same as <see cref="Decline"/>.
    /// </summary>
    /// <param name="offerIds">At least one; all of one agent and one role.</param>
    /// <param name="tasks">Together within the offers. Ids never used before in this framework.</param>
    /// <param name="filters">How long the rest need not be offered again; Mesos' 5 s when not given.</param>
    /// <returns>False: there is no connection, so the offers have ended; every task is dropped here, and its update
    /// comes as the next message.</returns>
    /// <exception cref="ArgumentException">No offer, or a negative filter.</exception>
    public bool Accept(IEnumerable<OfferId> offerIds, IEnumerable<TaskInfo> tasks, OfferFilters? filters = null) =>
        Accept(offerIds, [], tasks, filters);

    /// <summary>
    /// Reserves, unreserves, makes and destroys volumes on offered resources, then launches tasks on what that gives
    /// (Mesos: ACCEPT). Each operation is answered with <see cref="ISchedulerCallbacks.OperationUpdate"/>; one that is
    /// refused leaves the others be.
    /// </summary>
    /// <param name="offerIds">At least one; all of one agent and one role.</param>
    /// <param name="operations">Carried out in order, before the launches.</param>
    /// <param name="tasks">Together within what the operations made of the offers; may be none.</param>
    /// <param name="filters">How long the rest need not be offered again; Mesos' 5 s when not given.</param>
    /// <returns>False: there is no connection; tasks are dropped here, and no operation is done.</returns>
    /// <exception cref="ArgumentException">No offer, or a negative filter.</exception>
    public bool Accept(
        IEnumerable<OfferId> offerIds,
        IEnumerable<ResourceOperation> operations,
        IEnumerable<TaskInfo> tasks,
        OfferFilters? filters = null)
    {
        var launches = tasks.ToImmutableArray();
        var ids = Used(offerIds, filters);
        if (!IsConnected)
        {
            foreach (var task in launches)
            {
                DropHere(task,
                    "its offers ended when the connection to the framework's entity was lost; it never started");
            }

            return false;
        }

        End(ids);
        ExpectNews(launches.Select(static task => task.TaskId));
        _counters.Accepted(ids.Length, launches.Length);
        Send(new FrameworkProtocol.AcceptOffers(
            FrameworkId, _connection, ids, launches, filters ?? OfferFilters.Default)
        {
            Operations = [.. operations],
        });
        return true;
    }

    /// <summary>Gives offers back (Mesos: DECLINE).</summary>
    /// <param name="offerIds">At least one.</param>
    /// <param name="filters">How long these resources need not be offered again; Mesos' 5 s when not given. A
    /// scheduler with nothing to run should rather <see cref="Suppress"/>.</param>
    /// <returns>False: there is no connection, so the offers have ended by themselves.</returns>
    /// <exception cref="ArgumentException">No offer, or a negative filter.</exception>
    public bool Decline(IEnumerable<OfferId> offerIds, OfferFilters? filters = null)
    {
        var ids = Used(offerIds, filters);
        if (!IsConnected)
        {
            return false;
        }

        End(ids);
        _counters.Declined(ids.Length);
        Send(new FrameworkProtocol.DeclineOffers(FrameworkId, _connection, ids, filters ?? OfferFilters.Default));
        return true;
    }

    /// <summary>
    /// Wants offers in these roles, and forgets their decline filters (Mesos: REVIVE). Without a connection it is
    /// said as soon as there is one.
    /// </summary>
    /// <param name="roles">None: all of the framework's.</param>
    /// <exception cref="ArgumentException">Not a role of the framework.</exception>
    public void Revive(params ImmutableArray<string> roles)
    {
        var meant = Meant(roles);
        _suppressed.ExceptWith(meant);
        if (IsConnected)
        {
            Send(new FrameworkProtocol.ReviveOffers(FrameworkId, _connection, meant));
        }
        else
        {
            _revivedMeanwhile.UnionWith(meant);
        }
    }

    /// <summary>
    /// Wants no offers in these roles until <see cref="Revive"/> (Mesos: SUPPRESS). Remembered over reconnections.
    /// </summary>
    /// <param name="roles">None: all of the framework's.</param>
    /// <exception cref="ArgumentException">Not a role of the framework.</exception>
    public void Suppress(params ImmutableArray<string> roles)
    {
        var meant = Meant(roles);
        _suppressed.UnionWith(meant);
        _revivedMeanwhile.ExceptWith(meant);
        if (IsConnected)
        {
            Send(new FrameworkProtocol.SuppressOffers(FrameworkId, _connection, meant));
        }
    }

    /// <summary>
    /// Says what is waited for, so that <c>csched why framework</c> can tell what keeps it away (Mesos: REQUEST). It
    /// changes no offer. Replaces what was said before; remembered over reconnections.
    /// </summary>
    /// <param name="requests">At most <see cref="ResourceRequest.RequestsMax"/>; none: nothing is waited for.</param>
    /// <exception cref="ArgumentException">Too many, or not in a role of the framework.</exception>
    public void Request(params ImmutableArray<ResourceRequest> requests)
    {
        if (requests.Length > ResourceRequest.RequestsMax)
        {
            throw new ArgumentException(
                $"{requests.Length} requests; at most {ResourceRequest.RequestsMax} can be said", nameof(requests));
        }

        Meant([.. requests.Select(static request => request.Role)]);
        _requests = requests;
        SayRequests();
    }

    private void SayRequests()
    {
        if (IsConnected)
        {
            Send(new FrameworkProtocol.RequestResources(FrameworkId, _connection, _requests));
        }
    }

    private static ImmutableArray<OfferId> Used(IEnumerable<OfferId> offerIds, OfferFilters? filters)
    {
        var ids = offerIds.ToImmutableArray();
        if (ids.IsEmpty)
        {
            throw new ArgumentException("at least one offer must be named", nameof(offerIds));
        }

        return filters?.RefuseFor >= TimeSpan.Zero || filters is null
            ? ids
            : throw new ArgumentException($"{filters.Value.RefuseFor} is negative", nameof(filters));
    }

    private ImmutableArray<string> Meant(ImmutableArray<string> roles)
    {
        var unknown = roles.FirstOrDefault(role => !_settings.Info.Roles.Contains(role));
        return unknown is not null
            ? throw new ArgumentException(
                $"'{unknown}' is not a role of the framework ({string.Join(", ", _settings.Info.Roles)})",
                nameof(roles))
            : roles.IsDefaultOrEmpty ? _settings.Info.Roles : roles;
    }

    private void DropHere(TaskInfo task, string message) => _self.Tell(
        new DroppedHere(new StatusUpdate(
            task.TaskId,
            TaskState.Dropped,
            StatusSource.Master,
            StatusReason.InvalidOffers,
            message,
            _context.System.Scheduler.Now)),
        _self);

    private void OnOffers(ImmutableArray<Offer> offers)
    {
        var fresh = offers.Where(offer => _offers.TryAdd(offer.Id, offer)).ToImmutableArray();
        _counters.Offered(fresh.Length);
        if (!fresh.IsEmpty)
        {
            _callbacks.ResourceOffers(fresh);
        }
    }

    private void OnOperations(ImmutableArray<OperationStatus> statuses)
    {
        foreach (var status in statuses)
        {
            _callbacks.OperationUpdate(status);
        }
    }

    private void OnRescinded(ImmutableArray<OfferId> offerIds)
    {
        foreach (var id in offerIds)
        {
            Rescind(id);
        }
    }

    private void EndAllOffers()
    {
        foreach (var id in _offers.Keys.ToArray())
        {
            Rescind(id);
        }

        OnInverseRescinded([.. _inverseOffers.Keys]);
    }

    private void Rescind(OfferId id)
    {
        if (_offers.Remove(id))
        {
            _counters.Rescinded();
            _callbacks.OfferRescinded(id);
        }
    }

    private void End(ImmutableArray<OfferId> ids)
    {
        foreach (var id in ids)
        {
            _offers.Remove(id);
        }
    }
}
