namespace ClusterScheduler.Services;

/// <summary>Says in a sentence, and in facts, what holds an instance back.</summary>
internal static class WhyNot
{
    public static ServicesProtocol.WhyAnswer Explain(
        JobState job, int number, DateTimeOffset now, bool isConnected, Func<PlacementExplanation> place)
    {
        var summary = JobViews.Instance(job, number);
        ServicesProtocol.WhyAnswer Answer(ServicesProtocol.WhyKind kind, string sentence) =>
            new(job.Spec.Key, summary, kind, sentence);

        var instance = summary.State;
        if (job.Phase == JobPhase.Skipped)
        {
            return Answer(ServicesProtocol.WhyKind.Ended, $"it was not run: {job.SkippedBecause}");
        }

        if (instance.Phase != InstancePhase.Pending)
        {
            return Answer(KindOf(instance.Phase), SentenceOf(instance));
        }

        if (!job.WaitsFor.IsEmpty)
        {
            var jobs = string.Join(", ", job.WaitsFor);
            return Answer(ServicesProtocol.WhyKind.WaitsForJobs, $"waits for {jobs} to finish")
                with { WaitsFor = [.. job.WaitsFor] };
        }

        if (instance.Attempt >= 0 && instance.NotBefore > now)
        {
            return Answer(ServicesProtocol.WhyKind.WaitsForTime, FormattableString.Invariant(
                $"attempt {instance.Attempt + 1} waits another {(instance.NotBefore - now).TotalSeconds:0.0} s after: ")
                + LastEnd(instance));
        }

        return isConnected
            ? ForAgent(Answer, place())
            : Answer(ServicesProtocol.WhyKind.NotConnected, "the scheduler has no connection to the master");
    }

    private static ServicesProtocol.WhyAnswer ForAgent(
        Func<ServicesProtocol.WhyKind, string, ServicesProtocol.WhyAnswer> answer, PlacementExplanation explanation) =>
        explanation switch
        {
            { Agents: 0 } => answer(ServicesProtocol.WhyKind.WaitsForAgent, "no agent has been offered yet"),
            { Fitting: > 0 } => answer(ServicesProtocol.WhyKind.WaitsForAgent,
                $"{explanation.Fitting} of {explanation.Agents} agents would take it; their offers are awaited"),
            { NeverFits: true } => answer(ServicesProtocol.WhyKind.NeverFits,
                $"none of {explanation.Agents} agents has ever had enough for it; {explanation.NearestSentence}"),
            _ => answer(ServicesProtocol.WhyKind.WaitsForAgent,
                $"none of {explanation.Agents} agents takes it now; {explanation.NearestSentence}"),
        } with { Placement = explanation };

    private static ServicesProtocol.WhyKind KindOf(InstancePhase phase) => phase switch
    {
        InstancePhase.Assigned or InstancePhase.Running or InstancePhase.Partitioned =>
            ServicesProtocol.WhyKind.Running,
        InstancePhase.Killing => ServicesProtocol.WhyKind.Killing,
        InstancePhase.Finished or InstancePhase.Failed or InstancePhase.Killed => ServicesProtocol.WhyKind.Ended,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase that is told here"),
    };

    private static string SentenceOf(InstanceState instance) => instance.Phase switch
    {
        InstancePhase.Assigned => $"its launch on {instance.Hostname} goes out",
        InstancePhase.Running => $"it runs on {instance.Hostname}",
        InstancePhase.Partitioned => $"{instance.Hostname} lost contact; it may still run there",
        InstancePhase.Killing => $"it is being killed on {instance.Hostname}",
        InstancePhase.Killed when instance.History.IsEmpty => "it was killed before it ran",
        _ => $"it ended: {LastEnd(instance)}",
    };

    private static string LastEnd(InstanceState instance) => instance.History is [.., var last]
        ? $"{last.State.WireName()} on {last.Hostname}{(last.Message.Length > 0 ? $": {last.Message}" : "")}"
        : "no attempt has ended";
}
