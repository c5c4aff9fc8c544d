using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What the service scheduler says to an inverse offer.</summary>
/// <param name="IsAccepted">It gives back in time what is asked for.</param>
/// <param name="MovesNow">Tasks on that agent are to be ended now, to be launched elsewhere.</param>
/// <param name="AskAgainAfter">The filter of the answer.</param>
/// <param name="Why">In words, for the log.</param>
public sealed record LeaveAnswer(bool IsAccepted, bool MovesNow, TimeSpan AskAgainAfter, string Why);

/// <summary>
/// Leaving an agent before its maintenance. Tasks of batch jobs may end by themselves until shortly before it begins;
/// those that have not are ended then, and launched elsewhere by the rules for lost ones (Aurora drains at that time,
/// and starts nothing there). So an inverse offer is accepted at once, and again when the time has come: the filter of
/// the first answer ends then, and whether the plan still stands is known by being asked. Nothing need be remembered.
/// </summary>
public static class LeaveRules
{
    /// <summary>So long before an agent goes away its tasks are moved.</summary>
    public static TimeSpan MoveBefore { get; } = TimeSpan.FromMinutes(5);

    /// <summary>So long before an agent goes away nothing is started there any more.</summary>
    public static TimeSpan StartNothingBefore { get; } = TimeSpan.FromMinutes(6);

    /// <summary>When to be asked again where nothing is done.</summary>
    public static TimeSpan Later { get; } = TimeSpan.FromMinutes(10);

    /// <summary>When to be asked again after tasks were ended: some may run on.</summary>
    public static TimeSpan Soon { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The answer to an inverse offer.</summary>
    public static LeaveAnswer Answer(JobBook book, InverseOffer offer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(offer);
        var there = AttemptsOn(book, offer.AgentId)
            .Where(one => offer.Reclaim is not { } reclaim || reclaim.Tasks.Contains(one.TaskId)).ToList();
        var (start, _) = offer.Unavailability;
        return there.Count == 0 ? new LeaveAnswer(true, false, Later, "nothing that is asked back is in use")
            : offer.Reclaim is { Role: var role } ? new LeaveAnswer(false, false, Later,
                $"{there.Count} tasks run on until they end or are ended: none is stopped for role '{role}'")
            : there.Find(static one => one.Job.Spec.Kind != JobKind.Batch) is { } other ? new LeaveAnswer(
                false, false, Later, $"{other.TaskId} is of a {other.Job.Spec.Kind} job, which is not moved")
            : IsOver(offer.Unavailability, now) ? new LeaveAnswer(
                false, false, Later, "the window is over, so nothing is moved for it")
            : start - MoveBefore > now ? new LeaveAnswer(true, false, start - MoveBefore - now,
                $"of {there.Count} tasks those that have not ended are moved {MoveBefore.TotalMinutes} min before")
            : new LeaveAnswer(true, true, Soon, $"{there.Count} tasks are moved");
    }

    /// <summary>Whether nothing may be started on an agent with this plan.</summary>
    public static bool IsLeaving(Unavailability? plan, DateTimeOffset now) =>
        plan is not null && plan.Start - StartNothingBefore <= now && !IsOver(plan, now);

    /// <summary>The attempts that may be on an agent.</summary>
    internal static IEnumerable<AttemptOn> AttemptsOn(JobBook book, AgentId agent) =>
        book.Jobs.Values.Where(static job => job.Active > 0).SelectMany(job => job.Touched
            .Where(pair => pair.Value.Phase.IsActive() && pair.Value.Agent == agent)
            .Select(pair => new AttemptOn(job, pair.Key, new AttemptId(job.Incarnation, pair.Key, pair.Value.Attempt)
                .ToTaskId(job.Spec.Key.Name))));

    private static bool IsOver(Unavailability plan, DateTimeOffset now) =>
        plan.Duration is { } lasts && plan.Start + lasts <= now;
}

/// <summary>An instance on an agent.</summary>
internal sealed record AttemptOn(JobState Job, int Instance, TaskId TaskId);
