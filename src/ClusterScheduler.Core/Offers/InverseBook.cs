using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// Which frameworks were asked to leave which agents, what they said, and which of them have not yet noted that they
/// are asked. Soft, single owner, no clock.
/// </summary>
public sealed class InverseBook
{
    private readonly SortedDictionary<OfferId, (FrameworkId Framework, InverseOffer Offer)> open = [];
    private readonly SortedDictionary<(AgentId Agent, FrameworkId Framework), InverseAnswer> answers = [];
    private readonly SortedSet<OfferId> unnoted = [];

    /// <summary>The newest answers, by agent, then framework.</summary>
    public IReadOnlyCollection<InverseAnswer> Answers => answers.Values;

    /// <summary>Open ones that the framework has not noted, by framework.</summary>
    public IEnumerable<IGrouping<FrameworkId, InverseOffer>> Unnoted => unnoted.Select(id => open[id])
        .GroupBy(static each => each.Framework, static each => each.Offer).OrderBy(static each => each.Key);

    /// <summary>A framework is asked.</summary>
    public void Open(FrameworkId framework, InverseOffer offer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(offer);
        open[offer.Id] = (framework, offer);
        unnoted.Add(offer.Id);
        answers.TryAdd((offer.AgentId, framework),
            new InverseAnswer(offer.AgentId, framework, InverseVerdict.Open, now));
    }

    /// <summary>The framework has got them.</summary>
    public void Noted(IEnumerable<OfferId> offers) => unnoted.ExceptWith(offers);

    /// <summary>The framework answers; null when that offer is not open, or not its own.</summary>
    public InverseOffer? Answer(FrameworkId framework, OfferId id, InverseVerdict verdict, DateTimeOffset now)
    {
        if (!open.TryGetValue(id, out var asked) || asked.Framework != framework)
        {
            return null;
        }

        End(id);
        answers[(asked.Offer.AgentId, framework)] =
            new InverseAnswer(asked.Offer.AgentId, framework, verdict, now);
        return asked.Offer;
    }

    /// <summary>The plan for an agent changed, or it left: questions and answers about it are void.</summary>
    /// <returns>Those that were open, by framework.</returns>
    public IReadOnlyList<(FrameworkId Framework, ImmutableArray<OfferId> Offers)> Void(AgentId agent)
    {
        foreach (var key in answers.Keys.Where(key => key.Agent == agent).ToArray())
        {
            answers.Remove(key);
        }

        return Close(asked => asked.Offer.AgentId == agent);
    }

    /// <summary>One that is open is no longer asked for.</summary>
    public void Withdraw(OfferId offer) => Close(asked => asked.Offer.Id == offer);

    /// <summary>A framework's connection ended: it is asked anew when it is back.</summary>
    public void Drop(FrameworkId framework) => Close(asked => asked.Framework == framework);

    private List<(FrameworkId Framework, ImmutableArray<OfferId> Offers)> Close(
        Func<(FrameworkId Framework, InverseOffer Offer), bool> isOver)
    {
        var over = open.Values.Where(isOver).ToArray();
        foreach (var (_, offer) in over)
        {
            End(offer.Id);
        }

        return
        [
            .. over.GroupBy(static each => each.Framework, static each => each.Offer.Id)
                .OrderBy(static each => each.Key).Select(static each => (each.Key, each.ToImmutableArray())),
        ];
    }

    private void End(OfferId id)
    {
        open.Remove(id);
        unnoted.Remove(id);
    }
}
