using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Explanations, made when asked.</content>
internal sealed partial class AllocatorActor
{
    private void WhyQuestions()
    {
        Receive<AllocatorProtocol.Explain>(explain => Sender.Tell(Explain(explain.Why, explain.Requests)));
        Receive<MasterProtocol.WhyRole>(why => Sender.Tell(Explain(why)));
    }

    private object Explain(MasterProtocol.WhyFramework why, ImmutableArray<ResourceRequest> requests)
    {
        if (!frameworks.TryGetValue(why.FrameworkId, out var profile))
        {
            return new MasterProtocol.WhyRefused(MasterProtocol.WhyFault.UnknownFramework, why.FrameworkId.Value);
        }

        var roles = profile.Roles;
        if (why.Role.Length > 0)
        {
            if (!RoleName.TryParse(why.Role, out var role, out _) || !roles.Contains(role))
            {
                return new MasterProtocol.WhyRefused(MasterProtocol.WhyFault.NotInRole, why.Role);
            }

            roles = [role];
        }

        var now = Now;
        return new MasterProtocol.FrameworkExplained(why.FrameworkId,
            [
                .. roles.Order().SelectMany(role => requests.Where(request => request.Role == role.Value)
                        .Select(static request => request.Resources).Prepend(why.Demand)
                        .Select(demand => allocator.Why(why.FrameworkId, role, demand, now)))
                    .OfType<WhyAnswer>().Select(Explained),
            ],
            allocator.IsAwaitingAgents(now) ? agentsAwaitedUntil : null);
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
            ]);
    }

    private MasterProtocol.RoleWhy Explained(WhyAnswer answer) => new(
        answer.Role.Value,
        answer.Demand,
        answer.Agents,
        [.. answer.RuledOut.Select(static rule => new MasterProtocol.RuleCount(rule.Key, rule.Value))],
        [
            .. answer.Nearest.Select(near => new MasterProtocol.NearestAgent(
                near.Agent, allocator.ViewAgent(near.Agent)?.Profile.Hostname ?? "", near.Rule, near.Offerable,
                near.Missing)),
        ],
        [.. answer.Position],
        OnPath(answer.Quota),
        [.. answer.Filters],
        answer.FilterCount);

    private static ImmutableArray<MasterProtocol.RoleSummary> OnPath(IReadOnlyList<RoleView> roles) =>
        [.. roles.Select(static role => Summary(role, []))];
}
