using System.Collections.Immutable;
using ClusterScheduler.Core.Preemption;

namespace ClusterScheduler.Master.Allocation;

/// <content>Roles that wait for what they are guaranteed: decided here, where the accounts are.</content>
internal sealed partial class AllocatorActor
{
    private UnmetClock unmet = UnmetClock.Empty;

    private void Reclaiming()
    {
        Receive<AllocatorProtocol.Reclaim>(reclaim => Context.Parent.Tell(new AllocatorProtocol.ReclaimDecided(
            Decide(reclaim.Tasks ?? []), reclaim.Tasks is not null)));
        Receive<AllocatorProtocol.ForgetUnmet>(_ => unmet = UnmetClock.Empty);
        Receive<AllocatorProtocol.PlanReclaim>(plan => Sender.Tell(Plan(plan)));
    }

    private ReclaimPlan Decide(ImmutableArray<ReclaimTask> tasks)
    {
        var now = Now;
        var look = GuaranteeLook.At(allocator, now);
        unmet = unmet.Next(look.Waiting, now);
        if (look.Offers.Count > 0 && unmet.Since.Values.Any(since => now - since >= options.Reclaim.WaitLeast))
        {
            Context.Parent.Tell(new AllocatorProtocol.Recall([.. look.Offers]));
        }

        return ReclaimDecider.Decide(
            unmet.Stamp(look.BeyondOffers), tasks, look.Suits, options.Reclaim, now);
    }

    /// <summary>For all who wait, however short: by the rules that reclaiming itself goes by.</summary>
    private MasterProtocol.ReclaimPlanned Plan(AllocatorProtocol.PlanReclaim asked)
    {
        var now = Now;
        var look = GuaranteeLook.At(allocator, now);
        var clock = unmet.Next(look.Waiting, now);
        var settings = options.Reclaim with { WaitLeast = TimeSpan.Zero };
        var plan = ReclaimDecider.Decide(
            clock.Stamp(look.BeyondOffers), asked.Tasks, look.Suits, settings, now);
        return asked.Shown with
        {
            Steps = [.. plan.Steps.Select(Shown)],
            Missing =
            [
                .. plan.Missing.Select(static gap => new MasterProtocol.MissingGuarantee(gap.Role.Value, gap.Missing)),
            ],
            Waiting =
            [
                .. unmet.Stamp(look.Waiting).Where(static role => !role.Unmet.IsEmpty).Select(static role =>
                    new MasterProtocol.WaitingRole(role.Role.Value, role.Unmet, role.UnmetSince)),
            ],
        };
    }

    private static MasterProtocol.ReclaimedTask Shown(ReclaimStep step) => new(
        step.Task.Task, step.Task.Framework, step.Task.Role.Value, step.Task.Agent, step.Task.Resources,
        step.For.Value)
    {
        Priority = step.Task.Priority,
        Action = step.Action,
        Until = step.Task.AskedUntil,
        Verdict = step.Task.Verdict ?? InverseVerdict.Open,
    };
}
