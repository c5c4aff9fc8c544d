using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Explanations, made when asked.</content>
internal sealed partial class AllocatorActor
{
    private void WhyQuestions()
    {
        Receive<AllocatorProtocol.Explain>(Explain);
        Receive<ExplainStep>(ExplainOn);
        Receive<MasterProtocol.WhyRole>(why => Sender.Tell(Explain(why)));
    }

    private void Explain(AllocatorProtocol.Explain explain)
    {
        var why = explain.Why;
        if (!frameworks.TryGetValue(why.FrameworkId, out var profile))
        {
            Sender.Tell(new MasterProtocol.WhyRefused(
                MasterProtocol.WhyFault.UnknownFramework, why.FrameworkId.Value));
            return;
        }

        ImmutableArray<RoleName> roles = [.. profile.Roles.Order()];
        if (why.Role.Length > 0)
        {
            if (!RoleName.TryParse(why.Role, out var role, out _) || !roles.Contains(role))
            {
                Sender.Tell(new MasterProtocol.WhyRefused(MasterProtocol.WhyFault.NotInRole, why.Role));
                return;
            }

            roles = [role];
        }

        ExplainOn(new ExplainStep(Sender, explain, roles, []));
    }

    /// <summary>One pass over the agents for all demands in a role; rounds may come between two roles.</summary>
    private void ExplainOn(ExplainStep step)
    {
        var (asker, (why, requests), roles, done) = step;
        var now = Now;
        var demands = requests.Concat(why.Demands.Take(ResourceRequest.RequestsMax))
            .Where(request => request.Role == roles[0].Value || request.Role.Length == 0)
            .Select(static request => request.Resources).Prepend(why.Demand).Distinct().ToArray();
        done = done.AddRange(allocator.WhyEach(why.FrameworkId, roles[0], demands, now).Select(Explained));
        if (roles.Length > 1)
        {
            Self.Tell(step with { Roles = roles.RemoveAt(0), Done = done });
            return;
        }

        asker.Tell(new MasterProtocol.FrameworkExplained(
            why.FrameworkId, done, allocator.IsAwaitingAgents(now) ? agentsAwaitedUntil : null));
    }

    private object Explain(MasterProtocol.WhyRole why)
    {
        if (!RoleName.TryParse(why.Role, out var role, out _) || allocator.WhyRole(role) is not { } answer)
        {
            return new MasterProtocol.WhyRefused(MasterProtocol.WhyFault.UnknownRole, why.Role);
        }

        ImmutableArray<FrameworkId> subscribed = [.. answer.Frameworks.Select(static client => client.Framework)];
        return new MasterProtocol.RoleExplained(Summary(answer.Role, subscribed), [.. answer.Position],
            OnPath(answer.Quota), answer.MayStillGet,
            [
                .. answer.Frameworks.Select(static client => new MasterProtocol.RoleMember(
                    client.Framework, client.IsActive, client.DominantShare, client.Allocated, client.Allocations)),
            ])
        {
            FrameworkCount = answer.FrameworkCount,
        };
    }

    private MasterProtocol.RoleWhy Explained(WhyAnswer answer) => new(
        answer.Role.Value,
        answer.Demand,
        answer.Agents,
        [
            .. answer.RuledOut.Select(rule => new MasterProtocol.RuleCount(rule.Key, rule.Value)
            {
                First = answer.First.GetValueOrDefault(rule.Key),
            }),
        ],
        [
            .. answer.Nearest.Select(near => new MasterProtocol.NearestAgent(
                near.Agent, allocator.ViewAgent(near.Agent)?.Profile.Hostname ?? "", near.Rule, near.Offerable,
                near.Missing)
            {
                Rules = [.. near.Rules],
                Free = near.Free,
            }),
        ],
        [.. answer.Position],
        OnPath(answer.Quota),
        [.. answer.Filters],
        answer.FilterCount)
    {
        KeptFor =
        [
            .. answer.KeptFor.Select(static kept => new MasterProtocol.KeptForRole(kept.Role.Value, kept.Amounts)),
        ],
    };

    private static ImmutableArray<MasterProtocol.RoleSummary> OnPath(IReadOnlyList<RoleView> roles) =>
        [.. roles.Select(static role => Summary(role, []))];

    private sealed record ExplainStep(
        IActorRef Asker,
        AllocatorProtocol.Explain Explain,
        ImmutableArray<RoleName> Roles,
        ImmutableArray<MasterProtocol.RoleWhy> Done) : INoSerializationVerificationNeeded;
}
