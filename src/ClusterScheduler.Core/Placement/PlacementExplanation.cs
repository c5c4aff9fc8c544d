using System.Collections.Immutable;

namespace ClusterScheduler.Core.Placement;

/// <summary>Why a task waits: what rules out how many agents, and which agent comes nearest.</summary>
/// <param name="Agents">How many agents were looked at.</param>
/// <param name="Fitting">How many of them would take the task now.</param>
/// <param name="Reasons">Vetoes of the same kind about the same subject, most frequent first.</param>
/// <param name="Nearest">The agent with the lowest sum of scores; null when there is no agent or one fits.</param>
public sealed record PlacementExplanation(
    int Agents,
    int Fitting,
    ImmutableArray<VetoCount> Reasons,
    NearestFit? Nearest)
{
    /// <summary>No agent that is known could ever take it, even when idle.</summary>
    public bool NeverFits => Agents > 0 && Fitting == 0 && Nearest is { IsStatic: true };

    /// <summary>The agent that comes nearest and what is short there, for people.</summary>
    public string NearestSentence => Nearest is { } nearest
        ? $"nearest is {nearest.Agent.Name}: {string.Join("; ", nearest.Vetoes)}"
        : "no agent is known";

    /// <summary>Looks at every agent, by the rules that also decide.</summary>
    public static PlacementExplanation Of(PlacementGroup group, ImmutableArray<PlacementAgent> agents, int perAgent)
    {
        var round = new PlacementRound(new PlacementRequest([group], agents, perAgent));
        var counts = new SortedDictionary<(VetoKind Kind, string Subject, bool IsStatic), int>();
        NearestFit? nearest = null;
        var fitting = 0;
        foreach (var index in AgentOrder.ByName(round.Request))
        {
            var vetoes = round.Vetoes(0, index);
            fitting += vetoes.IsEmpty ? 1 : 0;
            foreach (var veto in vetoes)
            {
                var key = (veto.Kind, veto.Subject, veto.IsStatic);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }

            var candidate = new NearestFit(agents[index], vetoes);
            nearest = !vetoes.IsEmpty && (nearest is null || candidate.IsNearerThan(nearest)) ? candidate : nearest;
        }

        return new PlacementExplanation(agents.Length, fitting,
            [.. counts.OrderByDescending(pair => pair.Value)
                .Select(pair => new VetoCount(pair.Key.Kind, pair.Key.Subject, pair.Key.IsStatic, pair.Value))],
            fitting == 0 ? nearest : null);
    }
}

/// <summary>How many agents one rule rules out.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Subject">The resource or attribute.</param>
/// <param name="IsStatic">For ever.</param>
/// <param name="Agents">How many.</param>
public readonly record struct VetoCount(VetoKind Kind, string Subject, bool IsStatic, int Agents);

/// <summary>The agent that comes nearest to fitting.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Vetoes">What is short there.</param>
public sealed record NearestFit(PlacementAgent Agent, ImmutableArray<Veto> Vetoes)
{
    /// <summary>At least one veto would stand even if the agent were idle.</summary>
    public bool IsStatic => Vetoes.Any(veto => veto.IsStatic);

    /// <summary>
    /// An agent that can fit later is nearer than one that never can; then the lower sum of scores.
    /// </summary>
    public bool IsNearerThan(NearestFit other) =>
        IsStatic != other.IsStatic ? !IsStatic : Score < other.Score;

    private int Score => Vetoes.Sum(veto => veto.Score);
}
