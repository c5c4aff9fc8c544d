using System.Collections.Immutable;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>
/// Roles below their guarantees take back what others use beyond theirs, as far as the operator allows: frameworks are
/// asked, and after the deadline tasks are ended by their entities. All of it is soft but the ends themselves, which
/// the entities store: a new master begins with asking.
/// </summary>
public sealed partial class MasterActor
{
    private const string ReclaimTimer = "reclaim";

    private readonly ReclaimBook reclaim = new();
    private readonly InverseBook reclaimOffers = new();
    private long reclaimOffersMade;
    private bool isReclaimDue;
    private bool isReclaimAsked;

    private void ReclaimCommands()
    {
        Command<LookForUnmet>(_ => LookWhoWaits());
        Command<AllocatorProtocol.ReclaimDecided>(CarryOut);
        Command<MasterProtocol.PreemptionNoted>(noted => reclaim.Noted(noted.FrameworkId, noted.TaskId));
        Command<MasterProtocol.PlanReclaim>(_ => allocator.Forward(new AllocatorProtocol.PlanReclaim(
            Reclaimable(),
            new MasterProtocol.ReclaimPlanned([], [])
            {
                Mode = options.Reclaim.Mode,
                WaitLeast = options.Reclaim.WaitLeast,
                Killed = [.. reclaim.Past.Select(Shown)],
                AgentsAwaited = watch.Recovered.Count,
            })));
    }

    private void ReclaimFromNowOn()
    {
        if (options.Reclaim.Mode != ReclaimMode.Off)
        {
            Timers.StartPeriodicTimer(ReclaimTimer, LookForUnmet.Instance, options.Reclaim.Interval);
        }
    }

    /// <summary>
    /// While agents are awaited, what roles use is not known: all seem to lack what runs there. The tasks are gathered
    /// only when somebody has waited long enough, since there may be many.
    /// </summary>
    private void LookWhoWaits()
    {
        if (watch.Recovered.Count > 0)
        {
            allocator.Tell(new AllocatorProtocol.ForgetUnmet());
            isReclaimDue = false;
            Follow(ReclaimPlan.Nothing);
        }
        else if (!isReclaimAsked)
        {
            // One at a time: what one plan asks for is known to the next.
            isReclaimAsked = true;
            allocator.Tell(new AllocatorProtocol.Reclaim(isReclaimDue ? Reclaimable() : null));
        }
    }

    private void CarryOut(AllocatorProtocol.ReclaimDecided decided)
    {
        isReclaimAsked = false;
        isReclaimDue = decided.Plan.IsAnyDue && watch.Recovered.Count == 0;
        if (isReclaimDue && !decided.IsOfTasks)
        {
            LookWhoWaits();
            return;
        }

        Follow(isReclaimDue ? decided.Plan : ReclaimPlan.Nothing);
    }

    private void Follow(ReclaimPlan plan)
    {
        var turn = reclaim.Follow(plan, Now,
            task => book.Find(task.Agent)?.Find(task.Framework, task.Task) is not null, connected.ContainsKey);
        foreach (var framework in turn.Withdrawn.GroupBy(static each => each.Framework, static each => each.Offer))
        {
            framework.ToList().ForEach(reclaimOffers.Withdraw);
            refs.Frameworks.Tell(new FrameworkProtocol.InverseOffersRescinded(framework.Key, Epoch, [.. framework]));
        }

        foreach (var framework in turn.Asks.GroupBy(static ask => ask.Framework))
        {
            Tell(framework.Key, [.. framework.Select(AskBack)]);
        }

        foreach (var kill in turn.Kills)
        {
            End(kill);
        }
    }

    private InverseOffer AskBack(ReclaimAsk ask)
    {
        var offer = new InverseOffer(
            new OfferId(FormattableString.Invariant($"{State.ClusterId}-{Epoch}-R{reclaimOffersMade++}")),
            ask.Agent, book.Find(ask.Agent)!.Info.Hostname, new Core.Agents.Unavailability(ask.Until, null),
            ask.Resources)
        {
            Reclaim = new ReclaimReason(
                ask.For.Value, ask.Until, ask.Tasks, options.Reclaim.MayKill(ask.IsRevocable)),
        };
        reclaimOffers.Open(ask.Framework, offer, Now);
        reclaim.Made(ask, offer.Id);
        Logger.Info("role {0} is below its guarantee: framework {1} is asked to give back {2} on agent {3} until {4:O}",
            ask.For, ask.Framework, ask.Resources, ask.Agent, ask.Until);
        return offer;
    }

    private void End(ReclaimKill kill)
    {
        var task = kill.Task;
        if (kill.IsFirst)
        {
            Logger.Warning(
                "role {0} takes back what it is guaranteed: task {1} of framework {2} (role {3}), with {4} on agent "
                + "{5}, is killed", kill.For, task.Task, task.Framework, task.Role, task.Resources, task.Agent);
        }

        refs.Tasks.Tell(new TaskProtocol.PreemptTask(
            task.Framework, task.Task, task.Agent, book.Find(task.Agent)!.Session, kill.For.Value));
    }

    private ImmutableArray<ReclaimTask> Reclaimable()
    {
        var roles = new Dictionary<string, RoleName>(StringComparer.Ordinal);
        return [.. book.Agents.SelectMany(agent => agent.Tasks.Select(task => reclaim.Annotate(new ReclaimTask(
            task.TaskId, task.FrameworkId, RoleOf(task.Role), agent.Id, task.Resources, task.Priority)
        {
            IsEnding = task.IsEnding || IsOver(task.FrameworkId),
        })))];

        RoleName RoleOf(string role) =>
            roles.TryGetValue(role, out var known) ? known : roles[role] = RoleName.Parse(role);
    }

    private static MasterProtocol.KilledForRole Shown(ReclaimedTask killed) => new(
        killed.Task.Task, killed.Task.Framework, killed.Task.Role.Value, killed.Task.Agent, killed.Task.Resources,
        killed.For.Value, killed.At);

    private sealed record LookForUnmet : INoSerializationVerificationNeeded
    {
        public static LookForUnmet Instance { get; } = new();
    }
}
