using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Offers that are held and not answered: bounded by the offer timeout, and shown per framework.</summary>
public sealed partial class Allocator
{
    // In the order in which offers were made; entries whose offer ended are passed over.
    private readonly Queue<(AgentState Agent, ClientState Client, long Since)> openOffers = new();

    // What ends an offer without a time of its own ends it at the last one that was heard of.
    private long latestTicks;

    /// <summary>Offers that are older than the timeout of the settings; none without a timeout.</summary>
    public IReadOnlyList<OverdueOffer> Overdue(DateTimeOffset now)
    {
        var overdue = new List<OverdueOffer>();
        if (Settings.OfferTimeout is not { } timeout)
        {
            return overdue;
        }

        // What was given back and offered again at one instant has two entries for what is one offer now.
        var seen = new HashSet<(AgentState Agent, ClientState Client, long Since)>();
        foreach (var entry in openOffers)
        {
            var (agent, client, since) = entry;
            if (new DateTimeOffset(since, TimeSpan.Zero) + timeout > now)
            {
                break;
            }

            if (IsOpen(agent, client, since, out var holding) && seen.Add(entry))
            {
                overdue.Add(new OverdueOffer(
                    client.Framework.Profile.Id,
                    client.Leaf.Role.Role,
                    agent.Profile.Id,
                    holding.OfferedAt(since),
                    new DateTimeOffset(since, TimeSpan.Zero)));
            }
        }

        return overdue;
    }

    /// <summary>How every framework treats its offers, those that hold most first.</summary>
    public IReadOnlyList<HeldOffersView> ViewHeldOffers(DateTimeOffset now)
    {
        var held = new SortedDictionary<FrameworkId, (int Agents, ResourceSet Held, long Since, double CpuSeconds)>();
        foreach (var agent in agents.InOrder())
        {
            foreach (ref readonly var holding in agent.Holdings)
            {
                if (!holding.Offered.IsEmpty)
                {
                    var id = holding.Client.Framework.Profile.Id;
                    var (count, sum, since, seconds) = held.GetValueOrDefault(id, (0, default, long.MaxValue, 0));
                    held[id] = (
                        count + 1,
                        sum + holding.Offered.Where(item => item.Key.Kind == ResourceKind.Scalar),
                        Math.Min(since, holding.OfferedSince),
                        seconds + holding.HeldUntil(now.UtcTicks));
                }
            }
        }

        return [.. frameworks.Values.Select(f => View(f, held.GetValueOrDefault(f.Profile.Id), now))
            .OrderByDescending(view => view.HeldCpuSeconds).ThenBy(view => view.Framework)];
    }

    private static bool IsOpen(AgentState agent, ClientState client, long since, out Holding holding) =>
        agent.TryFind(client, out holding) && !holding.OfferedAt(since).IsEmpty;

    private HeldOffersView View(
        FrameworkState framework,
        (int Agents, ResourceSet Held, long Since, double CpuSeconds) open,
        DateTimeOffset now)
    {
        var hasAny = open.Agents > 0;
        DateTimeOffset? oldest = hasAny ? new DateTimeOffset(open.Since, TimeSpan.Zero) : null;
        var rule = Settings.Hoarding;
        var isMuch = IsBeyond(open.Held, ResourceNames.Cpus, rule.ClusterPart)
            || IsBeyond(open.Held, ResourceNames.Mem, rule.ClusterPart);
        return new HeldOffersView(
            framework.Profile.Id,
            open.Agents,
            open.Held,
            oldest,
            framework.HeldCpuSeconds + open.CpuSeconds,
            framework.EndedCpus == 0 ? 1 : framework.AcceptedCpus / framework.EndedCpus,
            isMuch && now - oldest > rule.OlderThan);
    }

    // Not the dominant share: a disk is not what others wait for, and what is excluded from fairness can be hoarded.
    private bool IsBeyond(in ResourceSet held, string name, double part)
    {
        var number = names.Find(name);
        return number >= 0 && held.Get(name).Thousandths > part * total[number];
    }

    private void NoteOpenOffer(AgentState agent, ClientState client)
    {
        if (Settings.OfferTimeout is null)
        {
            return;
        }

        openOffers.Enqueue((agent, client, roundTicks));
        while (openOffers.TryPeek(out var head) && !IsOpen(head.Agent, head.Client, head.Since, out _))
        {
            openOffers.Dequeue();
        }
    }

    private long Note(DateTimeOffset now)
    {
        latestTicks = Math.Max(latestTicks, now.UtcTicks);
        return now.UtcTicks;
    }

    private static void EndOffer(
        ClientState client, ref Holding holding, in ResourceSet resources, long now, bool isAccepted)
    {
        var framework = client.Framework;
        framework.HeldCpuSeconds += holding.End(resources, now);
        framework.EndedCpus += resources.Cpus.ToDouble();
        framework.AcceptedCpus += isAccepted ? resources.Cpus.ToDouble() : 0;
    }
}
