using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>After a change of quota: the offers that stand in its way, which are the master's to rescind.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Open offers to roles that are above a limit with them, as many as it takes to get within it, and, while
    /// guarantees are unmet that free resources cannot serve, offers that would serve them and that their own role is
    /// not guaranteed (Mesos rescinds for the same two reasons). Agents by id, then frameworks, then roles. Changes
    /// nothing.
    /// </summary>
    public IReadOnlyList<RecalledOffer> OffersAgainstQuota()
    {
        var recalled = new List<RecalledOffer>();
        if (!tree.HasQuota)
        {
            return recalled;
        }

        var back = new Dictionary<RoleNode, Quantities>();
        var missing = (tree.RequiredHeadroom - available).ClampToZero();
        foreach (var agent in agents.InOrder())
        {
            var holdings = agent.Holdings.ToArray().Where(static holding => !holding.Offered.IsEmpty)
                .OrderBy(static holding => holding.Client.Framework.Profile.Id)
                .ThenBy(static holding => holding.Client.Leaf.Role.Role);
            foreach (var holding in holdings)
            {
                var amounts = names.Unreserved(holding.Offered);
                var role = holding.Client.Leaf.Role;
                var helps = !amounts.IsZero
                    && (IsAboveLimit(role, amounts, back)
                        || (Overlap(missing, amounts) && IsBeyondGuarantee(role, amounts, back)));
                if (helps)
                {
                    recalled.Add(new RecalledOffer(
                        holding.Client.Framework.Profile.Id, role.Role, agent.Profile.Id, holding.Offered));
                    missing = (missing - amounts).ClampToZero();
                    for (var node = role; node.Parent is not null; node = node.Parent)
                    {
                        back[node] = back.GetValueOrDefault(node) + amounts;
                    }
                }
            }
        }

        return recalled;
    }

    private static bool IsAboveLimit(
        RoleNode role, in Quantities amounts, Dictionary<RoleNode, Quantities> back)
    {
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            var above = Quantities.Zero - (node.Room + back.GetValueOrDefault(node));
            if (node.HasLimit && Overlap(above.ClampToZero(), amounts))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBeyondGuarantee(
        RoleNode role, in Quantities amounts, Dictionary<RoleNode, Quantities> back)
    {
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            var lacking = (node.Guarantee - (node.Consumed - back.GetValueOrDefault(node) - amounts)).ClampToZero();
            if (Overlap(lacking, amounts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Overlap(in Quantities one, in Quantities other) => Quantities.Min(one, other).AnyPositive;
}
