namespace ClusterScheduler.Core.Allocation;

/// <summary>After a change of quota: the offers that stand in its way, which are the master's to rescind.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Open offers to roles that are above a limit with them, as many as it takes to get within it, and, while
    /// guarantees are unmet that free resources cannot serve, offers that would serve them and that their own role is
    /// not guaranteed (Mesos rescinds for the same two reasons). What the limit of a role above forbids is served by
    /// nothing but offers below that role. Agents by id, then frameworks, then roles. Changes nothing.
    /// </summary>
    public IReadOnlyList<RecalledOffer> OffersAgainstQuota()
    {
        var recalled = new List<RecalledOffer>();
        if (!tree.HasQuota)
        {
            return recalled;
        }

        var accounts = new RecallAccounts(tree.RequiredHeadroom - available);
        foreach (var agent in agents.InOrder())
        {
            var holdings = agent.Holdings.ToArray().Where(static holding => !holding.Offered.IsEmpty)
                .OrderBy(static holding => holding.Client.Framework.Profile.Id)
                .ThenBy(static holding => holding.Client.Leaf.Role.Role);
            foreach (var holding in holdings)
            {
                var amounts = names.Unreserved(holding.Offered);
                var role = holding.Client.Leaf.Role;
                if (!amounts.IsZero && accounts.IsInTheWay(role, amounts, agent.IsActive))
                {
                    recalled.Add(new RecalledOffer(
                        holding.Client.Framework.Profile.Id, role.Role, agent.Profile.Id, holding.Offered));
                    accounts.TakeBack(role, amounts, agent.IsActive);
                }
            }
        }

        return recalled;
    }
}
