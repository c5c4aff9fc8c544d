using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Registry;

/// <summary>
/// Who is pinged when, who has been silent for too long, and who may be declared unreachable now. Pings are spread
/// over the interval: each turn takes one group of agents, so its cost does not grow with the interval and they never
/// all answer at once. Missed pings are counted, not measured: a master that stood still has missed none. Soft, single
/// owner, no clock.
/// </summary>
public sealed class AgentWatch
{
    private static readonly TimeSpan PerReturn = TimeSpan.FromMicroseconds(50);

    private readonly AgentWatchSettings settings;
    private readonly SortedDictionary<AgentId, Watched>[] slots;
    private readonly Dictionary<AgentId, Watched> watched = [];
    private readonly SortedSet<AgentId> recovered = [];
    private readonly Queue<AgentId> silent = new();
    private readonly HashSet<AgentId> waiting = [];
    private int knownAtRecovery;
    private bool isAllowed;
    private DateTimeOffset recoverUntil;
    private DateTimeOffset lastTurn = DateTimeOffset.MinValue;
    private DateTimeOffset nextRemoval = DateTimeOffset.MinValue;
    private int nextSlot;
    private int turn;

    /// <summary>Watches nobody yet.</summary>
    public AgentWatch(AgentWatchSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        slots = [.. Enumerable.Range(0, settings.Slots).Select(static _ => new SortedDictionary<AgentId, Watched>())];
    }

    /// <summary>Known from before this master and not back yet.</summary>
    public IReadOnlyCollection<AgentId> Recovered => recovered;

    /// <summary>
    /// In which the missing agents should register, spread evenly: 20,000 of them a second, so that a few are back at
    /// once and many do not overrun a master that has just begun.
    /// </summary>
    public TimeSpan ReturnWithin => recovered.Count * PerReturn;

    /// <summary>Why recovered agents are kept though their time is over; none when they are not.</summary>
    public RemovalRefusal? Refusal { get; private set; }

    /// <summary>A new master knows these agents from the registry; they have some time to come back.</summary>
    public void Recover(IEnumerable<AgentId> agents, DateTimeOffset now)
    {
        recovered.UnionWith(agents);
        knownAtRecovery = recovered.Count;
        recoverUntil = now + settings.ReregisterTimeout;
    }

    /// <summary>The agent has a new session: it is here.</summary>
    public void Join(AgentId agent)
    {
        recovered.Remove(agent);
        if (watched.TryGetValue(agent, out var known))
        {
            known.Missed = 0;
            known.IsAwaited = false;
            return;
        }

        var slot = nextSlot++ % slots.Length;
        slots[slot].Add(agent, watched[agent] = new Watched(slot));
    }

    /// <summary>The agent answered. A removal that waits for its turn is cancelled.</summary>
    public void Hear(AgentId agent)
    {
        if (watched.TryGetValue(agent, out var known))
        {
            known.Missed = 0;
            known.IsAwaited = false;
        }
    }

    /// <summary>The agent is no longer watched: declared unreachable or gone.</summary>
    public void Leave(AgentId agent)
    {
        recovered.Remove(agent);
        if (watched.Remove(agent, out var known))
        {
            slots[known.Slot].Remove(agent);
        }
    }

    /// <summary>An operator allows all recovered agents that are still away to be declared unreachable.</summary>
    /// <returns>How many that are.</returns>
    public int AllowRemovals()
    {
        isAllowed = true;
        return recovered.Count;
    }

    /// <summary>One turn of the watch; turns that come faster than they should are passed over.</summary>
    public WatchTurn Turn(DateTimeOffset now)
    {
        if (now - lastTurn < settings.Tick / 2)
        {
            return WatchTurn.Nothing;
        }

        lastTurn = now;
        var ping = ImmutableArray.CreateBuilder<AgentId>();
        foreach (var (agent, known) in slots[turn])
        {
            known.Missed += known.IsAwaited ? 1 : 0;
            known.IsAwaited = true;
            ping.Add(agent);
            if (known.Missed >= settings.PingsMissedMax && waiting.Add(agent))
            {
                silent.Enqueue(agent);
            }
        }

        turn = (turn + 1) % slots.Length;
        EndRecovery(now);
        return new WatchTurn(ping.ToImmutable(), Permitted(now));
    }

    private void EndRecovery(DateTimeOffset now)
    {
        Refusal = null;
        if (recovered.Count == 0 || now < recoverUntil)
        {
            return;
        }

        if (!isAllowed && recovered.Count > settings.RecoveryRemovalLimit * knownAtRecovery)
        {
            Refusal = new RemovalRefusal(recovered.Count, knownAtRecovery, settings.RecoveryRemovalLimit);
            return;
        }

        foreach (var agent in recovered.Where(waiting.Add))
        {
            silent.Enqueue(agent);
        }
    }

    private ImmutableArray<AgentId> Permitted(DateTimeOffset now)
    {
        var removed = ImmutableArray.CreateBuilder<AgentId>();
        while (silent.TryPeek(out var agent))
        {
            var isSilent = recovered.Contains(agent)
                || (watched.TryGetValue(agent, out var known) && known.Missed >= settings.PingsMissedMax);
            if (isSilent && now < nextRemoval)
            {
                break;
            }

            silent.Dequeue();
            waiting.Remove(agent);
            if (isSilent)
            {
                removed.Add(agent);
                nextRemoval = settings.RemovalRate is { } rate ? now + rate.Spacing : nextRemoval;
            }
        }

        return removed.ToImmutable();
    }

    private sealed class Watched(int slot)
    {
        public int Slot { get; } = slot;

        public bool IsAwaited { get; set; }

        public int Missed { get; set; }
    }
}

/// <summary>What is to be done in one turn.</summary>
/// <param name="Ping">Who is pinged now.</param>
/// <param name="Remove">Who is declared unreachable now.</param>
public readonly record struct WatchTurn(ImmutableArray<AgentId> Ping, ImmutableArray<AgentId> Remove)
{
    /// <summary>It is too early.</summary>
    public static WatchTurn Nothing { get; } = new([], []);
}

/// <summary>Too many agents did not come back after a failover: a fault of the network is likelier than their end.
/// </summary>
/// <param name="Missing">Agents that are away.</param>
/// <param name="Known">Agents that the registry knew when the master took office.</param>
/// <param name="Limit">The share of them that may be removed, 0 to 1.</param>
public sealed record RemovalRefusal(int Missing, int Known, double Limit);
