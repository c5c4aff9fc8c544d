using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Lists;

namespace Akka.Cluster.Leading;

/// <summary>
/// Everything a leader decides, without clock, store or network: state and message in, state out. What it puts into
/// the list is told to nobody before it is stored; see <see cref="LeaderState.Unstored"/>.
/// </summary>
internal static class LeaderDesk
{
    /// <summary>
    /// A term begins with the list of the store. Nobody knows how late the leader before granted a lease: every member
    /// has one full lease from now. Not so when the term before was the own one, as nobody led in between.
    /// </summary>
    internal static LeaderState Begin(
        long epoch, UniqueAddress self, MemberList stored, LeaderState? before, TimeSpan now, LeaderRules rules)
    {
        var known = before?.Epoch == epoch - 1 ? before.Hearings : null;
        var hearings = stored.Entries.ToImmutableDictionary(
            entry => entry.Node, entry => known is not null && known.TryGetValue(entry.Node, out var hearing)
                ? hearing with { IsHeardInTerm = false }
                : new Hearing(now, now + rules.MemberLease, IsHeardInTerm: false));
        var waiting = stored.Entries
            .Where(entry => entry.Status == MemberStatus.Joining).Select(entry => entry.Node).ToImmutableHashSet();
        var lastUp = stored.Entries
            .Where(entry => entry.Member.UpNumber != Member.NotYetUp)
            .Aggregate(0, (most, entry) => Math.Max(most, entry.Member.UpNumber));
        return new LeaderState(epoch, self, stored, hearings, waiting, lastUp, []);
    }

    internal static (LeaderState State, JoinVerdict Verdict) Join(
        LeaderState state, Applicant applicant, bool isAddressProven, TimeSpan now, DateTimeOffset clock,
        LeaderRules rules)
    {
        if (Admission.Refuse(applicant, clock, rules) is { } refused)
            return (state, refused);
        var known = state.List.Find(applicant.Node);
        if (known?.Status is MemberStatus.Down or MemberStatus.Exiting)
            return (state, new JoinVerdict.Refused(
                JoinRefusal.AddressTaken, $"this run of {applicant.Node.Address} was a member and is being removed"));
        if (known is not null)
            return (state, JoinVerdict.Accepted.Instance);
        var others = OtherRuns(state, applicant.Node);
        if (!others.IsEmpty && !isAddressProven)
            return (state, new JoinVerdict.Probe(others[0].Node));

        // Who answers at an address has its port: the run before it has ended, no lease need be waited for.
        var member = new Member(
            applicant.Node, Member.NotYetUp, MemberStatus.Joining, applicant.Roles, applicant.AppVersion);
        var mayLead = applicant.MayLead && rules.StoreId.CanBeUsedBy(applicant.Store);
        var joined = RemoveAsDown(state, others)
            .Put(new MemberEntry(member, IsReachable: true, mayLead))
            .Hear(applicant.Node, new Hearing(now, now + rules.MemberLease, IsHeardInTerm: true));
        var waiting = joined with { Waiting = joined.Waiting.Add(applicant.Node) };
        return (BringUp(waiting, rules), JoinVerdict.Accepted.Instance);
    }

    /// <summary>True: the member may go on for another lease, counted from when it sent the heartbeat.</summary>
    internal static (LeaderState State, bool IsGranted) Heartbeat(
        LeaderState state, UniqueAddress node, TimeSpan now, LeaderRules rules)
    {
        if (state.List.Find(node) is not { Status: not MemberStatus.Down } entry)
            return (state, false);
        var heard = state.Hear(node, new Hearing(now, now + rules.MemberLease, IsHeardInTerm: true));
        return (entry.IsReachable ? heard : heard.Put(entry with { IsReachable = true }), true);
    }

    internal static LeaderState Leave(LeaderState state, Address address) =>
        state.List.Find(address) is { Status: MemberStatus.Joining or MemberStatus.Up } entry
            ? state.Put(entry.With(MemberStatus.Leaving)).Put(entry.With(MemberStatus.Exiting))
            : state;

    internal static LeaderState Down(LeaderState state, Address address) =>
        state.List.Find(address) is { Status: not MemberStatus.Down } entry
            ? state.Put(entry.With(MemberStatus.Down))
            : state;

    /// <summary>It said itself that nothing of it runs any more.</summary>
    internal static LeaderState Stopped(LeaderState state, UniqueAddress node) => state.List.Find(node) switch
    {
        null => state,
        { Status: MemberStatus.Exiting or MemberStatus.Down } entry =>
            state.Remove([new RemovedEntry(node, entry.Status)]),
        var entry => RemoveAsDown(state, [entry]),
    };

    /// <summary>
    /// What time alone brings about. The leader itself has a lease while it holds the leader lease, and hears itself,
    /// whatever the leader before it missed.
    /// </summary>
    internal static LeaderState Tick(LeaderState state, TimeSpan now, LeaderRules rules)
    {
        var next = Heartbeat(state, state.Self, now, rules).State;
        var silent = ImmutableArray.CreateBuilder<MemberEntry>();
        var ended = ImmutableArray.CreateBuilder<MemberEntry>();
        foreach (var entry in state.List.Entries.Where(entry => entry.Node != state.Self))
        {
            var hearing = state.Hearings[entry.Node];
            if (now >= hearing.LeaseEnds)
                ended.Add(entry);
            else if (entry.IsReachable && now - hearing.At >= rules.UnreachableAfter)
                silent.Add(entry with { IsReachable = false });
        }

        var exiting = state.List.Entries
            .Where(entry => entry.Status == MemberStatus.Leaving).Select(entry => entry.With(MemberStatus.Exiting));
        var told = next.Put([.. exiting]).Put(silent.ToImmutable());
        return BringUp(RemoveAsDown(told, ended.ToImmutable()), rules);
    }

    /// <summary>
    /// The leader hears of less than half of those who may lead, though it heard of the others in this term: it may be
    /// the one that is cut off. Null when not; otherwise whom it misses.
    /// </summary>
    internal static ImmutableHashSet<UniqueAddress>? Missed(LeaderState state)
    {
        var candidates = state.List.Entries.Where(
            entry => entry is { MayLead: true, Status: MemberStatus.Up or MemberStatus.Joining }).ToList();
        var missed = candidates.Where(
            entry => !entry.IsReachable && state.Hearings[entry.Node].IsHeardInTerm).ToList();
        var reachable = candidates.Count(entry => entry.IsReachable);
        return missed.Count > 0 && reachable * 2 < candidates.Count ? [.. missed.Select(each => each.Node)] : null;
    }

    private static LeaderState RemoveAsDown(LeaderState state, ImmutableArray<MemberEntry> entries) => state
        .Put([
            .. entries.Where(entry => entry.Status != MemberStatus.Down)
                .Select(entry => entry.With(MemberStatus.Down) with { IsReachable = false })])
        .Remove([.. entries.Select(entry => new RemovedEntry(entry.Node, MemberStatus.Down))]);

    private static ImmutableArray<MemberEntry> OtherRuns(LeaderState state, UniqueAddress node) =>
        state.List.Find(node.Address) is { } latest && latest.Node != node ? [latest] : [];

    /// <summary>Once there are enough, all that wait come up.</summary>
    private static LeaderState BringUp(LeaderState state, LeaderRules rules)
    {
        if (state.Waiting.IsEmpty)
            return state;
        var joining = state.Waiting
            .Select(state.List.Find).OfType<MemberEntry>().Where(entry => entry.Status == MemberStatus.Joining)
            .OrderBy(entry => entry.Node).ToList();
        if (joining.Count > 0 && !AreEnough(state.List, rules))
            return state;
        var number = state.LastUpNumber;
        var up = state.Put([
            .. joining.Select(entry => entry with { Member = entry.Member.CopyUp(++number) })]);
        return up with { Waiting = [], LastUpNumber = number };
    }

    private static bool AreEnough(MemberList list, LeaderRules rules)
    {
        if (rules.MinNrOfMembers <= 1 && rules.MinNrOfMembersOfRole.IsEmpty)
            return true;
        var counted = list.Entries
            .Where(entry => entry.Status is MemberStatus.Joining or MemberStatus.Up).Select(entry => entry.Member)
            .ToList();
        return counted.Count >= rules.MinNrOfMembers && rules.MinNrOfMembersOfRole.All(
            role => counted.Count(member => member.HasRole(role.Key)) >= role.Value);
    }
}
