namespace ClusterScheduler.Gateway.Views;

/// <summary>Why an instance does not run, or that it does.</summary>
/// <param name="Kind">For programs: waitsForAgent, neverFits, …</param>
/// <param name="Sentence">For people.</param>
/// <param name="WaitsFor">Jobs that must finish first.</param>
/// <param name="Agents">How many agents were looked at.</param>
/// <param name="Fitting">How many of them would take it now.</param>
/// <param name="Reasons">What rules out how many of them, the most frequent first.</param>
/// <param name="Nearest">The agent that comes nearest.</param>
public sealed record WhyView(
    string Job,
    int Instance,
    string Kind,
    string Sentence,
    ImmutableArray<string> WaitsFor,
    int? Agents,
    int? Fitting,
    ImmutableArray<WhyReasonView> Reasons,
    WhyNearestView? Nearest)
{
    /// <summary>What the allocator says of the demand; none unless an offer is waited for.</summary>
    public AllocationWhyView? Allocation { get; init; }

    /// <summary>After a failover nothing is offered until then, or until most agents are back.</summary>
    public DateTimeOffset? HeldBackUntil { get; init; }

    /// <summary>A task of another framework than the service scheduler: what is known is how it goes.</summary>
    public static WhyView Of(TaskProtocol.TaskShown shown, TaskInfo task)
    {
        var latest = shown.Updates.LastOrDefault();
        var kind = latest is null ? "staged" : latest.State.IsTerminal() ? "ended" : "running";
        var message = latest is { Message.Length: > 0 } ? $": {latest.Message}" : "";
        return new WhyView(task.Name, 0, kind,
            $"{latest?.State.WireName() ?? "its launch goes out"}{message}", [], null, null, [], null);
    }

    public static WhyView Of(ServicesProtocol.WhyAnswer why) => new(
        why.Key.ToString(),
        why.Instance.Instance,
        char.ToLowerInvariant(why.Kind.ToString()[0]) + why.Kind.ToString()[1..],
        why.Sentence,
        [.. why.WaitsFor.Select(job => job.ToString())],
        why.Placement?.Agents,
        why.Placement?.Fitting,
        why.Placement is null
            ? []
            : [.. why.Placement.Reasons.Select(reason => new WhyReasonView(
                reason.Kind.ToString(), reason.Subject, reason.IsStatic, reason.Agents))],
        why.Placement?.Nearest is { } nearest
            ? new WhyNearestView(nearest.Agent.Name, [.. nearest.Vetoes.Select(veto => veto.ToString())])
            : null);
}

/// <summary>A rule and how many agents it rules out.</summary>
/// <param name="IsStatic">For ever, not only now.</param>
public sealed record WhyReasonView(string Kind, string Subject, bool IsStatic, int Agents);

/// <summary>The agent that comes nearest, and what is short there.</summary>
public sealed record WhyNearestView(string Host, ImmutableArray<string> Lacks);
