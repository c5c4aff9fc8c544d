using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Services;

/// <content>The connection: offers in, launches and wishes out; updates in, stored together.</content>
public sealed partial class ServiceScheduler
{
    private readonly SortedDictionary<OfferId, Offer> _held = [];
    private readonly LaunchPlan _plan = new();
    private readonly List<StagedAttempt> _launches = [];
    private bool _wantsOffers;
    private bool _hasMoreToLaunch;
    private bool _matchIsAskedFor;
    private DateTimeOffset _firstHeld;
    private DateTimeOffset _lastHeld;
    private DateTimeOffset _lastRevive;

    void ISchedulerCallbacks.Registered(FrameworkId frameworkId, MasterEpoch epoch)
    {
        _log.Info("registered as {0} with master epoch {1}", frameworkId, epoch);
        Connected();
    }

    void ISchedulerCallbacks.Reregistered(MasterEpoch epoch)
    {
        _log.Info("registered again with master epoch {0}", epoch);
        Connected();
    }

    void ISchedulerCallbacks.Disconnected(string why) => _log.Info("disconnected: {0}", why);

    void ISchedulerCallbacks.ResourceOffers(ImmutableArray<Offer> offers)
    {
        _firstHeld = _held.Count == 0 ? Now : _firstHeld;
        _lastHeld = Now;
        foreach (var offer in offers)
        {
            _agents.Learn(offer);
            _held[offer.Id] = offer;
        }

        AskForMatch();
    }

    void ISchedulerCallbacks.OfferRescinded(OfferId offerId) => _held.Remove(offerId);

    void ISchedulerCallbacks.InverseOffers(ImmutableArray<InverseOffer> offers)
    {
        foreach (var offer in offers)
        {
            var answer = LeaveRules.Answer(Book, offer, Now);
            _log.Info("asked to leave agent {0} ({1}), the answer is {2}: {3}", offer.AgentId, offer.Hostname,
                answer.IsAccepted ? "yes" : "no", answer.Why);
            if (answer.MovesNow)
            {
                Decide(new JobCommand.Leave(offer.AgentId));
            }

            var filters = new OfferFilters(answer.AskAgainAfter);
            _ = answer.IsAccepted
                ? _driver.AcceptInverse([offer.Id], filters)
                : _driver.DeclineInverse([offer.Id], filters);
        }
    }

    void ISchedulerCallbacks.StatusUpdate(StatusUpdate update)
    {
        // Those that are in the mailbox already are decided together and share one write.
        if (_updates.Count == 0)
        {
            Self.Tell(FlushUpdates.Instance);
        }

        _updates.Add(update);
    }

    void ISchedulerCallbacks.ExecutorLost(StatusUpdate update) =>
        _log.Info("what ran {0} ended without a word", update.TaskId);

    void ISchedulerCallbacks.AgentLost(AgentId agentId, bool gone)
    {
        if (gone)
        {
            _agents.Forget(agentId);
        }
    }

    void ISchedulerCallbacks.Error(string message)
    {
        _log.Error("the subscription of the service scheduler ended: {0}", message);
        throw new InvalidOperationException($"the subscription of the service scheduler ended: {message}");
    }

    void ISchedulerCallbacks.TornDown() => Context.Stop(Self);

    /// <summary>Nothing that happened while nobody listened is missed: every task that may be alive is asked
    /// about.</summary>
    private void Connected()
    {
        foreach (var batch in Book.ActiveInstances().Select(static one => one.TaskId).Chunk(_settings.ReconcileBatch))
        {
            _driver.Reconcile([.. batch]);
        }

        _wantsOffers = false;
        _hasMoreToLaunch = !_waiting.IsEmpty;
        Decide(new JobCommand.Connect());
    }

    private void Flush()
    {
        var updates = _updates.ToImmutableArray();
        _updates.Clear();
        Decide(new JobCommand.Record(updates));
    }

    private void AskForMatch()
    {
        if (!_matchIsAskedFor)
        {
            _matchIsAskedFor = true;
            Self.Tell(MatchOffers.Instance);
        }
    }

    /// <summary>Gives what waits to what is offered, and gives back what is not used.</summary>
    private void Match()
    {
        _matchIsAskedFor = false;
        if (_waiting.IsEmpty || _held.Count == 0)
        {
            Settle();
            return;
        }

        if (_waiting.LooksAtAll && Now < GatheredAt())
        {
            Timers.StartSingleTimer(MatchOffers.Instance, MatchOffers.Instance, GatheredAt() - Now);
            return;
        }

        var byAgent = _held.Values.GroupBy(offer => (offer.AgentId, offer.Role)).OrderBy(on => on.Key.AgentId)
            .DistinctBy(on => on.Key.AgentId).ToList();
        var free = byAgent
            .Select(on => on.Aggregate(ResourceSet.Empty, (sum, offer) => sum + offer.Resources)).ToArray();
        ImmutableArray<PlacementAgent> agents =
            [.. byAgent.Select((on, index) => _agents.Offered(on.Key.AgentId, Amounts.Of(free[index]), Now))];
        var result = JobMatcher.Match(Book, _waiting, agents, Now);
        Remember(result.Placements);
        var attempts = _plan.Prepare(Book, result.Matches, agents, free);
        if (attempts.IsEmpty)
        {
            NoticeUnfitting();
            DeclineHeld();
            Settle();
        }
        else
        {
            Decide(new JobCommand.Stage(attempts));
        }
    }

    private DateTimeOffset GatheredAt()
    {
        var quiet = _lastHeld + _settings.GatherQuiet;
        var latest = _firstHeld + _settings.GatherMax;
        return quiet < latest ? quiet : latest;
    }

    /// <summary>The attempts are stored: their launches go out, agent by agent, and unused offers go back.</summary>
    private void SendLaunches()
    {
        if (_launches.Count == 0)
        {
            return;
        }

        foreach (var onAgent in _launches.GroupBy(attempt => attempt.Agent))
        {
            var offers = _held.Values.Where(offer => offer.AgentId == onAgent.Key).ToList();
            var role = offers[0].Role;
            var used = offers.Where(offer => offer.Role == role).Select(offer => offer.Id).ToList();
            _driver.Accept(used, onAgent.Select(attempt => _plan.Task(attempt.Id)), LeftOver);
            used.ForEach(id => _held.Remove(id));
        }

        _launches.Clear();
        DeclineHeld();
    }

    private void DeclineHeld()
    {
        if (_held.Count > 0)
        {
            _driver.Decline(_held.Keys, LeftOver);
            _held.Clear();
        }
    }

    /// <summary>What still waits did not fit what is left, so that need not come again soon.</summary>
    private OfferFilters LeftOver => new(_waiting.IsEmpty ? TimeSpan.Zero : _settings.RefuseUnfitting);

    private void SayWhatIsWanted()
    {
        if (_waiting.IsEmpty)
        {
            _hasMoreToLaunch = false;
            DeclineHeld();
            if (_wantsOffers)
            {
                _wantsOffers = false;
                _driver.Suppress();
            }
        }
        else if (_hasMoreToLaunch)
        {
            _hasMoreToLaunch = false;
            if (_held.Count > 0)
            {
                AskForMatch();
            }

            Revive();
        }
    }

    private void Revive()
    {
        _wantsOffers = true;
        _lastRevive = Now;
        _driver.Revive();
    }
}
