using System.Collections.Immutable;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>
/// Offers: made from allocations, ended by accept, decline, or loss; tasks' resources until they end.
/// </summary>
public sealed partial class MasterActor
{
    private readonly Queue<Unconfirmed> unconfirmed = [];
    private long offersMade;

    private void OfferCommands()
    {
        Command<AllocatorProtocol.Allocated>(Offer);
        Command<MasterProtocol.Decline>(decline =>
        {
            if (decline.Epoch == Epoch)
            {
                Give(book.Decline(decline.FrameworkId, decline.OfferIds, RefuseFor(decline.Filters)));
            }

            refs.Frameworks.Tell(new FrameworkProtocol.OffersEnded(decline.FrameworkId, Epoch, decline.OfferIds));
        });
        Command<MasterProtocol.Accept>(Accept);
        Command<MasterProtocol.ConfirmAccepts>(confirm => book.Find(confirm.FrameworkId)?.Confirm(confirm.UpTo));
    }

    /// <summary>
    /// What the allocator computed may be stale when it arrives: for an agent that left it was forgotten there as
    /// well; for a framework that left, or with what the agent has no more, because an operator's operation took it, or
    /// lends no more, it goes back.
    /// </summary>
    private void Offer(AllocatorProtocol.Allocated allocated)
    {
        var now = Now;
        var stale = ImmutableArray.CreateBuilder<Returned>();
        var made = new Dictionary<FrameworkId, ImmutableArray<Offer>.Builder>();
        foreach (var grant in allocated.Grants)
        {
            if (book.Find(grant.AgentId) is not { Reported: true } agent || agent.Session != grant.Session)
            {
                continue;
            }

            if (!connected.ContainsKey(grant.FrameworkId) || !book.HasFree(agent, grant.Resources))
            {
                stale.Add(new Returned(grant.FrameworkId, grant.Role, grant.AgentId, grant.Resources, null));
                continue;
            }

            var id = new OfferId(FormattableString.Invariant($"{State.ClusterId}-{Epoch}-O{offersMade++}"));
            var open = book.Open(id, grant.FrameworkId, agent, grant.Role, grant.Resources, now,
                UnavailabilityOf(agent.Info.Hostname));
            if (!made.TryGetValue(grant.FrameworkId, out var offers))
            {
                made[grant.FrameworkId] = offers = ImmutableArray.CreateBuilder<Offer>();
            }

            offers.Add(open.Offer);
        }

        Give(stale.ToImmutable());
        foreach (var (framework, offers) in made.OrderBy(static made => made.Key))
        {
            Tell(framework, offers.ToImmutable());
        }
    }

    private void Accept(MasterProtocol.Accept accept)
    {
        book.Find(accept.FrameworkId)?.Confirm(accept.ConfirmedUpTo);
        if (accept.Epoch != Epoch)
        {
            Answer(accept.FrameworkId, AcceptCheck.DropAll(accept.AcceptId, accept.Launches, accept.Operations,
                $"the offers were made by the master of epoch {accept.Epoch}; now it is {Epoch}"));
            return;
        }

        var request = new AcceptRequest(accept.FrameworkId, accept.AcceptId, accept.OfferIds, accept.Launches,
            RefuseFor(accept.Filters))
        {
            Operations = accept.Operations,
        };
        if (weighing.Contains((accept.FrameworkId, accept.AcceptId)))
        {
            return;
        }

        var growth = AcceptCheck.Growth(book, request);
        if (growth.Any(each => each.Roles.Any(IsLimited)))
        {
            weighing.Add((accept.FrameworkId, accept.AcceptId));
            allocator.Tell(new AllocatorProtocol.HoldRoom(
                new AllocatorProtocol.RoomUse.ByAccept(request), growth));
        }
        else
        {
            CarryOut(request, []);
        }
    }

    /// <param name="room">What the allocator holds for its operations.</param>
    private void CarryOut(AcceptRequest request, ImmutableArray<RoleGrowth> room)
    {
        var id = request.FrameworkId;
        if (AcceptCheck.Accept(book, request, ClaimedOf, Now) is not { } outcome)
        {
            ReleaseRoom(room);
            return;
        }

        StoreConversions(id, outcome, room, () =>
        {
            TakeBack(outcome.Rescinded);
            Consume(id, outcome);
            Give(outcome.Left);
            Answer(id, outcome.Answer);
        });
    }

    private void Consume(FrameworkId framework, AcceptOutcome outcome)
    {
        if (outcome is { Used.IsEmpty: false, Answer.Grant: { } grant })
        {
            allocator.Tell(new AllocatorProtocol.Consume(framework, grant.Role, grant.AgentId,
                outcome.Used.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Resources)));
            AwaitConfirmation(framework, grant);
        }
    }

    private void AwaitConfirmation(FrameworkId framework, LaunchGrant grant)
    {
        var now = Now;
        foreach (var task in grant.TaskIds)
        {
            unconfirmed.Enqueue(new Unconfirmed(now, grant.AgentId, framework, task, grant.Session));
        }
    }

    private void Answer(FrameworkId framework, AcceptAnswer answer)
    {
        var results = answer.Verdicts.Select(static verdict => new FrameworkProtocol.LaunchResult(
            verdict.TaskId, verdict.Granted, verdict.State, verdict.Reason, verdict.Message));
        var site = answer.Grant is { } grant && contacts.TryGetValue(grant.AgentId, out var contact)
            ? new FrameworkProtocol.LaunchSite(grant.AgentId, grant.Session, grant.Role, contact.Agent)
            : null;
        refs.Frameworks.Tell(new FrameworkProtocol.AcceptAnswered(
            framework, answer.AcceptId, Epoch, [.. results])
        {
            Site = site,
            Operations = answer.Operations,
        });
    }

    private static TimeSpan? RefuseFor(OfferFilters filters) => filters.RefuseFor switch
    {
        var refuse when refuse == TimeSpan.Zero => null,
        var refuse when refuse < TimeSpan.Zero => OfferFilters.Default.RefuseFor,
        var refuse when refuse > OfferFilters.Longest => OfferFilters.Longest,
        var refuse => refuse,
    };

    private void TaskCommands()
    {
        Command<MasterProtocol.ReleaseTask>(release =>
        {
            Release(release.AgentId, release.FrameworkId, release.TaskId);
            Sender.Tell(new TaskProtocol.TaskReleased(release.FrameworkId, release.TaskId));
        });
        Command<MasterProtocol.TaskProbed>(probed =>
        {
            if (probed.Standing is MasterProtocol.TaskStanding.NeverHeardOf or MasterProtocol.TaskStanding.Ended)
            {
                Release(probed.AgentId, probed.FrameworkId, probed.TaskId);
            }
            else
            {
                book.Confirm(probed.AgentId, probed.FrameworkId, probed.TaskId);
            }
        });
    }

    private void Release(AgentId agent, FrameworkId framework, TaskId task)
    {
        if (book.Release(agent, framework, task) is { } returned)
        {
            allocator.Tell(new AllocatorProtocol.Release(returned));
            RetireWhenUnused(framework);
        }
    }

    /// <summary>
    /// Resources that were given and that nobody confirmed: the task's entity is asked, and one that never heard of
    /// the task makes sure that it never starts. Each is looked at once in a while, not all of them each time.
    /// </summary>
    private void SweepTasks()
    {
        var now = Now;
        while (unconfirmed.TryPeek(out var oldest) && oldest.Since + options.ConfirmAfter <= now)
        {
            unconfirmed.Dequeue();
            Probe(oldest with { Since = now });
        }
    }

    /// <summary>Asks for a task, and again later unless the answer or its end came.</summary>
    private void Probe(Unconfirmed task)
    {
        if (book.Find(task.AgentId)?.Find(task.FrameworkId, task.TaskId) is { Confirmed: false })
        {
            refs.Tasks.Tell(new TaskProtocol.ProbeTask(
                task.FrameworkId, task.TaskId, task.AgentId, Epoch, task.ReportedIn));
            unconfirmed.Enqueue(task);
        }
    }

    /// <summary>A task that resources are held for.</summary>
    /// <param name="ReportedIn">The session in which the agent did not report it, or in which it was granted.</param>
    private readonly record struct Unconfirmed(
        DateTimeOffset Since, AgentId AgentId, FrameworkId FrameworkId, TaskId TaskId, AgentSession ReportedIn);
}
