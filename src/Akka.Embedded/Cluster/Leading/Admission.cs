using System.Globalization;

namespace Akka.Cluster.Leading;

/// <summary>Which nodes cannot be let in, and why.</summary>
internal static class Admission
{
    internal static JoinVerdict.Refused? Refuse(Applicant applicant, DateTimeOffset clock, LeaderRules rules)
    {
        var difference = (applicant.Clock - clock).Duration();
        if (difference > rules.ClockDifferenceMax)
            return new JoinVerdict.Refused(JoinRefusal.ClockOff, string.Create(
                CultureInfo.InvariantCulture,
                $"its clock shows {applicant.Clock:u}, the leader's {clock:u}: {difference.TotalSeconds:0} s apart, "
                + $"more than the {rules.ClockDifferenceMax.TotalSeconds:0} s that "
                + $"akka.cluster.embedded.clock-difference-max allows"));
        if (applicant.Store.Kind == StoreKind.Database && applicant.Store != rules.StoreId)
            return new JoinVerdict.Refused(
                JoinRefusal.OtherStore,
                $"its store (akka.cluster.embedded.store) is of cluster {applicant.Store.Id}, the leader's of "
                + $"{(rules.StoreId.Kind == StoreKind.Database ? rules.StoreId.Id : "a cluster in memory")}");
        if (applicant.SameEverywhere.Length > 0 && rules.SameEverywhere.Length > 0
            && applicant.SameEverywhere != rules.SameEverywhere)
        {
            string[] its = applicant.SameEverywhere.Split(", "), leaders = rules.SameEverywhere.Split(", ");
            return new JoinVerdict.Refused(
                JoinRefusal.IncompatibleSettings,
                $"its settings say {string.Join(", ", its.Except(leaders))}, the leader's "
                + $"{string.Join(", ", leaders.Except(its))}; that must be the same on all nodes");
        }

        if (applicant.LeastMemberLease > rules.MemberLease)
            return new JoinVerdict.Refused(
                JoinRefusal.IncompatibleSettings,
                $"by its settings under akka.cluster.embedded a member lease must last {applicant.LeastMemberLease} "
                + $"at least to live through a change of leader; the leader's member-lease is {rules.MemberLease}");
        return null;
    }
}
