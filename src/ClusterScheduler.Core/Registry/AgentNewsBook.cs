using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Registry;

/// <summary>
/// Which framework still has to hear what became of which agent. Of one agent only the newest counts. Single owner,
/// no clock: whoever owns it asks for the next ones as often as it wants to repeat them.
/// </summary>
public sealed class AgentNewsBook
{
    private readonly SortedDictionary<AgentId, Untold> byAgent = [];
    private readonly Queue<(FrameworkId Framework, AgentId Agent)> turns = new();
    private readonly HashSet<(FrameworkId Framework, AgentId Agent)> queued = [];
    private readonly List<AnnouncedAgent> done = [];

    /// <summary>True when everybody has noted everything.</summary>
    public bool IsEmpty => byAgent.Count == 0;

    /// <summary>Tells the news to these frameworks from now on; earlier news of the agent are void.</summary>
    /// <param name="news">What became of the agent.</param>
    /// <param name="since">Since when it stands so; names the standing.</param>
    /// <param name="frameworks">Who has to note it.</param>
    public void Announce(AgentNews news, DateTimeOffset since, IEnumerable<FrameworkId> frameworks)
    {
        ArgumentNullException.ThrowIfNull(frameworks);
        byAgent.Remove(news.AgentId);
        var untold = new Untold(news, since, [.. frameworks]);
        if (untold.Frameworks.Count == 0)
        {
            done.Add(new AnnouncedAgent(news.AgentId, since));
            return;
        }

        byAgent[news.AgentId] = untold;
        foreach (var framework in untold.Frameworks)
        {
            if (queued.Add((framework, news.AgentId)))
            {
                turns.Enqueue((framework, news.AgentId));
            }
        }
    }

    /// <summary>A framework has noted news. Of news that are void it changes nothing.</summary>
    public void Noted(FrameworkId framework, AgentNews news)
    {
        if (byAgent.TryGetValue(news.AgentId, out var untold) && untold.News == news)
        {
            Strike(untold, framework);
        }
    }

    /// <summary>The framework ended: nothing is said to it any more.</summary>
    public void Forget(FrameworkId framework)
    {
        foreach (var untold in byAgent.Values.ToList())
        {
            Strike(untold, framework);
        }
    }

    /// <summary>The next ones to be said, each framework and agent in turn.</summary>
    /// <param name="max">At most so many.</param>
    public IReadOnlyList<(FrameworkId Framework, AgentNews News)> Next(int max)
    {
        var next = new List<(FrameworkId, AgentNews)>();
        for (var left = turns.Count; left > 0 && next.Count < max; left--)
        {
            var turn = turns.Dequeue();
            if (byAgent.TryGetValue(turn.Agent, out var untold) && untold.Frameworks.Contains(turn.Framework))
            {
                next.Add((turn.Framework, untold.News));
                turns.Enqueue(turn);
            }
            else
            {
                queued.Remove(turn);
            }
        }

        return next;
    }

    /// <summary>Agents of which everybody has noted the newest, once each.</summary>
    public IReadOnlyList<AnnouncedAgent> TakeDone()
    {
        AnnouncedAgent[] taken = [.. done];
        done.Clear();
        return taken;
    }

    private void Strike(Untold untold, FrameworkId framework)
    {
        if (untold.Frameworks.Remove(framework) && untold.Frameworks.Count == 0)
        {
            byAgent.Remove(untold.News.AgentId);
            done.Add(new AnnouncedAgent(untold.News.AgentId, untold.Since));
        }
    }

    private sealed record Untold(AgentNews News, DateTimeOffset Since, SortedSet<FrameworkId> Frameworks);
}
