using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Preemption;

/// <summary>Who goes for one role that waits.</summary>
internal sealed class ReclaimChoice(
    ReclaimRole needy, ReclaimPool pool, ReclaimPlaces places, ReclaimLedger ledger)
{
    private readonly List<ReclaimCandidate> chosen = [];
    private ReclaimNeeds needs = new(needy);

    /// <summary>
    /// Those that go first until each part of the need is covered; then, from the last to the first, whoever turns
    /// out not to be needed beside the others is spared. So the one who would go last of them is needed, and is the
    /// earliest that can be.
    /// </summary>
    /// <param name="left">What nobody can give.</param>
    public IEnumerable<ReclaimTask> Make(out ResourceSet left)
    {
        Choose();
        while (places.AnyStranded(chosen))
        {
            for (var index = chosen.Count - 1; index >= 0; index--)
            {
                Spare(index);
            }

            Choose();
        }

        left = needs.Missing().Aggregate(static (sum, missing) => sum + missing);
        return chosen.Select(static each => each.Task);
    }

    private void Choose()
    {
        needs = new ReclaimNeeds(needy);
        for (var part = 0; part < needs.Count; part++)
        {
            ChooseFor(part);
        }

        for (var index = chosen.Count - 1; index >= 0; index--)
        {
            if (!chosen[index].Task.IsEnding && needs.IsMetWithout(chosen[index].Task))
            {
                Spare(index);
            }
        }
    }

    private void ChooseFor(int part)
    {
        var left = needs.Missing()[part];
        var queue = new PriorityQueue<(ReclaimCandidate[] Group, int At), ReclaimRank>();
        foreach (var group in left.IsEmpty ? [] : pool.Groups)
        {
            if (IsFor(part, left, group[0].Task) && NextOf(group, 0) is var first && first < group.Length)
            {
                queue.Enqueue((group, first), ReclaimRank.Of(group[first].Task, left));
            }
        }

        while (!left.IsEmpty && queue.TryDequeue(out var head, out var rank))
        {
            var (group, at) = head;
            var task = group[at].Task;
            if (left.Intersect(task.Frees).IsEmpty || !(task.IsEnding || ledger.Allows(task, needy.Role)))
            {
                continue;
            }

            Take(group[at]);
            left = needs.Missing()[part];
            at = NextOf(group, at + 1);
            if (at < group.Length)
            {
                queue.Enqueue((group, at), rank with { Task = group[at].Task });
            }
        }
    }

    // What the role and its sub-roles hold counts as its own: nothing is won by moving it among them.
    private bool IsFor(int part, ResourceSet left, ReclaimTask task) =>
        !task.Role.IsWithin(needy.Role) && needs.IsFor(part, task) && !left.Intersect(task.Frees).IsEmpty;

    private int NextOf(ReclaimCandidate[] group, int at)
    {
        while (at < group.Length && (group[at].IsTaken || !places.MaySuit(group[at].Place)))
        {
            at++;
        }

        return at;
    }

    private void Take(ReclaimCandidate candidate)
    {
        candidate.IsTaken = true;
        ledger.Take(candidate.Task, needy.Role);
        needs.Take(candidate.Task);
        chosen.Add(candidate);
    }

    private void Spare(int index)
    {
        var candidate = chosen[index];
        candidate.IsTaken = false;
        ledger.Spare(candidate.Task, needy.Role);
        needs.Spare(candidate.Task);
        chosen.RemoveAt(index);
    }
}
