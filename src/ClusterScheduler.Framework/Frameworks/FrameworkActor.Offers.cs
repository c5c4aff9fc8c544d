using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>Offers: what is held, what is declined, what is accepted, and the framework's demand.</summary>
public sealed partial class FrameworkActor
{
    private readonly Dictionary<OfferId, OfferFilters> declines = [];
    private readonly Dictionary<(long AcceptId, AgentId AgentId), IActorRef> sites = [];
    private readonly Dictionary<TaskId, long> staging = [];
    private readonly TakenNumbers offersTaken = new();
    private readonly HashSet<string> reviving = new(StringComparer.Ordinal);
    private long demandVersion;
    private bool demandNoted = true;
    private ImmutableArray<ResourceRequest> requests = [];

    private void OffersFromMaster()
    {
        Command<FrameworkProtocol.OffersMade>(made =>
        {
            if (SeesOlder(made.Epoch) || IsOfEndedConnection(made.Connection))
            {
                return;
            }

            BeRegistered();
            if (made.Number > 0)
            {
                refs.Master.Tell(new MasterProtocol.OffersNoted(id, made.Epoch, made.Connection, made.Number));
            }

            if (made.Number == 0 || offersTaken.Take(made.Number))
            {
                Say(new SchedulerProtocol.Offers(connection, made.Offers));
            }
        });
        Command<FrameworkProtocol.OffersRescinded>(rescinded =>
        {
            if (!SeesOlder(rescinded.Epoch))
            {
                Say(new SchedulerProtocol.Rescinded(connection, rescinded.OfferIds));
            }
        });
        Command<FrameworkProtocol.OffersEnded>(ended =>
        {
            foreach (var offer in ended.OfferIds)
            {
                declines.Remove(offer);
            }
        });
        Command<FrameworkProtocol.DemandNoted>(noted =>
        {
            if (noted.Connection == connection && noted.Version == demandVersion)
            {
                demandNoted = true;
                reviving.Clear();
            }
        });
        Command<FrameworkProtocol.AcceptAnswered>(TakeAnswer);
    }

    private void Accept(FrameworkProtocol.AcceptOffers accept)
    {
        if (accept.Launches.IsEmpty && accept.Operations.IsEmpty)
        {
            Decline(accept.OfferIds, accept.Filters);
            return;
        }

        var command = new FrameworkCommand.Accept(epoch, accept.OfferIds, accept.Launches, accept.Filters,
            [.. accept.Launches.Select(_ => ids.Next())])
        {
            Operations = accept.Operations,
        };
        var acceptId = (State as FrameworkLife.Active)?.NextAcceptId ?? 0;
        Run(FrameworkDecider.Decide(State, command, Now), _ =>
        {
            if (State is FrameworkLife.Active active && active.Intents.TryGetValue(acceptId, out var intent))
            {
                SendAccept(active, intent);
                ForwardUndelivered(active, accept.Launches.Select(static task => task.TaskId));
            }
        });
    }

    private void SendAccept(FrameworkLife.Active active, AcceptIntent intent)
    {
        if (intent.Transaction is { } transaction)
        {
            SendCommit(active, intent, transaction);
            return;
        }

        refs.Master.Tell(new MasterProtocol.Accept(id, intent.AcceptId, intent.Epoch, intent.OfferIds,
            intent.Launches, intent.Filters, active.ConfirmedUpTo)
        {
            Operations = intent.Operations,
        });
    }

    private void TakeAnswer(FrameworkProtocol.AcceptAnswered answered)
    {
        if (SeesOlder(answered.Epoch))
        {
            return;
        }

        ImmutableArray<TaskId> granted =
            [.. answered.Results.Where(static result => result.Granted).Select(static result => result.TaskId)];
        var grant = answered.Site is { } site && !granted.IsEmpty
            ? new LaunchGrant(site.AgentId, site.Session, site.Role, granted)
            : null;
        var now = Now;
        ImmutableArray<StatusUpdate> dropped =
        [
            .. answered.Results.Where(static result => !result.Granted).Select(result => new StatusUpdate(
                result.TaskId, result.State, StatusSource.Master, result.Reason, result.Message, now)
            {
                Uuid = ids.Next(),
            }),
        ];
        if (answered.Site is { AgentId: var agentId, Agent: var agent })
        {
            sites[(answered.AcceptId, agentId)] = agent;
        }

        Run(FrameworkDecider.Decide(
            State, new FrameworkCommand.TakeAnswer(answered.AcceptId, grant, dropped), now), _ => CarryOut(answered));
    }

    private void CarryOut(FrameworkProtocol.AcceptAnswered answered)
    {
        GoOn(answered.AcceptId, answered.Results.Select(static result => result.TaskId));
        if (State is FrameworkLife.Active && !answered.Operations.IsEmpty)
        {
            Say(new SchedulerProtocol.OperationsAnswered(connection, answered.Operations));
        }
    }

    /// <summary>An answer is stored: what was granted is staged, what was not is told.</summary>
    private void GoOn(long acceptId, IEnumerable<TaskId> tasks)
    {
        if (State is not FrameworkLife.Active active)
        {
            return;
        }

        if (active.Intents.TryGetValue(acceptId, out var intent))
        {
            Stage(intent);
        }
        else
        {
            ForgetSites(acceptId);
            refs.Master.Tell(new MasterProtocol.ConfirmAccepts(id, active.ConfirmedUpTo));
        }

        ForwardUndelivered(active, tasks);
    }

    private void ForgetSites(long acceptId)
    {
        foreach (var site in sites.Keys.Where(site => site.AcceptId == acceptId).ToArray())
        {
            sites.Remove(site);
        }
    }

    /// <summary>Creates the task entities of a granted accept, each until it confirms.</summary>
    private void Stage(AcceptIntent intent)
    {
        var granted = intent.AllGrants()
            .SelectMany(static grant => grant.TaskIds.Select(task => KeyValuePair.Create(task, grant)))
            .ToDictionary();
        var first = !granted.Keys.Any(staging.ContainsKey);
        foreach (var task in intent.Launches)
        {
            if (!granted.TryGetValue(task.TaskId, out var grant))
            {
                continue;
            }

            if (first)
            {
                staging[task.TaskId] = intent.AcceptId;
            }

            if (staging.ContainsKey(task.TaskId))
            {
                refs.Tasks.Tell(new TaskProtocol.StageTask(id, task, grant.Role, grant.AgentId, grant.Session,
                    sites.GetValueOrDefault((intent.AcceptId, grant.AgentId))));
            }
        }
    }

    private void Staged(TaskId task)
    {
        if (!staging.Remove(task, out var acceptId))
        {
            return;
        }

        WakeFromNowOn(task);
        LearnStaged(task);
        if (questions.Remove(task))
        {
            refs.Tasks.Tell(new TaskProtocol.ReconcileTask(id, task));
        }

        if (kills.TryGetValue(task, out var grace))
        {
            refs.Tasks.Tell(new TaskProtocol.KillTask(id, task, grace));
        }

        if (State is not FrameworkLife.Active active || !active.Intents.TryGetValue(acceptId, out var intent)
            || intent.AllGrants().Any(grant => grant.TaskIds.Any(staging.ContainsKey)))
        {
            return;
        }

        Run(FrameworkDecider.Decide(State, new FrameworkCommand.CloseIntent(acceptId), Now), _ =>
        {
            ForgetSites(acceptId);
            if (State is FrameworkLife.Active after)
            {
                refs.Master.Tell(new MasterProtocol.ConfirmAccepts(id, after.ConfirmedUpTo));
            }
        });
    }

    private void ResumeIntents(FrameworkLife.Active active)
    {
        foreach (var intent in active.Intents.Values)
        {
            if (intent.Grant is null)
            {
                SendAccept(active, intent);
            }
            else
            {
                Stage(intent);
            }
        }
    }

    private void Decline(FrameworkProtocol.DeclineOffers decline) => Decline(decline.OfferIds, decline.Filters);

    private void Decline(ImmutableArray<OfferId> ids, OfferFilters filters)
    {
        foreach (var offer in ids)
        {
            declines[offer] = filters;
        }

        refs.Master.Tell(new MasterProtocol.Decline(id, epoch, ids, filters));
    }

    private void Revive(FrameworkProtocol.ReviveOffers revive)
    {
        var roles = Named(revive.Roles);
        suppressed = suppressed.Except(roles);
        reviving.UnionWith(roles);
        TellDemand();
    }

    private void Suppress(FrameworkProtocol.SuppressOffers suppress)
    {
        var roles = Named(suppress.Roles);
        suppressed = suppressed.Union(roles);
        reviving.ExceptWith(roles);
        TellDemand();
    }

    private void Request(FrameworkProtocol.RequestResources request)
    {
        requests = [.. request.Requests.Take(ResourceRequest.RequestsMax)];
        TellDemand();
    }

    private ImmutableArray<string> Named(ImmutableArray<string> roles) =>
        roles.IsDefaultOrEmpty ? (State as FrameworkLife.Active)?.Info.Roles ?? [] : roles;

    private void TellDemand()
    {
        demandVersion++;
        demandNoted = false;
        SendDemand();
    }

    private void SendDemand() => refs.Master.Tell(
        new MasterProtocol.SetDemand(id, connection, demandVersion, [.. suppressed], [.. reviving.Order()])
        {
            Requests = requests,
        });

    private void RepeatOffers()
    {
        if (State is not FrameworkLife.Active active)
        {
            return;
        }

        ResumeIntents(active);
        if (!registered)
        {
            return;
        }

        if (!demandNoted)
        {
            SendDemand();
        }

        RepeatInverse();
        foreach (var sameFilter in declines.GroupBy(static decline => decline.Value, static decline => decline.Key))
        {
            refs.Master.Tell(new MasterProtocol.Decline(id, epoch, [.. sameFilter.Order()], sameFilter.Key));
        }
    }
}
