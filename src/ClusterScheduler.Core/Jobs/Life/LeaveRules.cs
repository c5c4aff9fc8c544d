using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;

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
        var there = book.ActiveInstances().Where(one => one.State.Agent == offer.AgentId
            && (offer.Reclaim is not { } reclaim || reclaim.Tasks.Contains(one.TaskId))).ToList();
        if (there.Count == 0)
        {
            return new LeaveAnswer(true, false, Later, "nothing that is asked back is in use");
        }

        if (offer.Reclaim is { Role: var role })
        {
            return No($"{there.Count} tasks run on until they end or are ended: none is stopped for role '{role}'");
        }

        if (there.Find(static one => one.Job.Spec.Kind != JobKind.Batch) is { } other)
        {
            return No($"{other.TaskId} is of a {other.Job.Spec.Kind} job, which is not moved");
        }

        if (IsOver(offer.Unavailability, now))
        {
            return No("the window is over, so nothing is moved for it");
        }

        var left = offer.Unavailability.Start - now - MoveBefore;
        return left > TimeSpan.Zero
            ? new LeaveAnswer(true, false, left,
                $"of {there.Count} tasks those that have not ended are moved {MoveBefore.TotalMinutes} min before")
            : new LeaveAnswer(true, true, Soon, $"{there.Count} tasks are moved");
    }

    /// <summary>Whether nothing may be started on an agent with this plan.</summary>
    public static bool IsLeaving(Unavailability? plan, DateTimeOffset now) =>
        plan is not null && plan.Start - now <= StartNothingBefore && !IsOver(plan, now);

    private static LeaveAnswer No(string why) => new(false, false, Later, why);

    // Times are subtracted, which always can be; what is added to a time may leave the range of dates.
    private static bool IsOver(Unavailability plan, DateTimeOffset now) =>
        plan.Duration is { } lasts && lasts <= now - plan.Start;
}
