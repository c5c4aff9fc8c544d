using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>An agent as the allocator sees it.</summary>
internal sealed class AgentState(AgentProfile profile)
{
    private Holding[] holdings = [];

    public AgentProfile Profile { get; set; } = profile;

    /// <summary>For random orders at it.</summary>
    public ulong Salt { get; } = DrawSeed.SaltOf(profile.Id.Value);

    /// <summary>Whether it may be offered at all.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts every change of what is free, of the total, the facts or the activity.</summary>
    public long Version { get; set; } = 1;

    /// <summary>What nobody holds, without shared volumes.</summary>
    public ResourceSet Free { get; set; }

    /// <summary>What counts as available headroom: free, unreserved, not revocable; zero while inactive.</summary>
    public Quantities Available { get; set; }

    /// <summary>One copy of every shared volume; always offerable, whoever uses it.</summary>
    public ResourceSet Shared { get; set; }

    /// <summary>Whether more is held than the total has, so that recovered resources may vanish.</summary>
    public bool IsOverdrawn { get; set; }

    /// <summary>Whether anything in the total is reserved.</summary>
    public bool HasReservations { get; set; }

    public bool HasGpus { get; set; }

    public bool IsRemote { get; set; }

    public int HoldingCount { get; private set; }

    public Span<Holding> Holdings => holdings.AsSpan(0, HoldingCount);

    /// <summary>Null while nobody has declined anything here.</summary>
    public FilterTable? Filters { get; set; }

    /// <summary>When the first filter here ends, in ticks; MaxValue without any.</summary>
    public long NextExpiry { get; set; } = long.MaxValue;

    public int HeapIndex { get; set; } = -1;

    /// <summary>Grows in the order of agents, with gaps; -1 while it is not in the order.</summary>
    public long Rank { get; set; } = -1;

    /// <summary>Position among the agents with something free; -1 outside.</summary>
    public int FreeIndex { get; set; } = -1;

    /// <summary>Whether every client must be tried here in the next round.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Clients that must be tried here in the next round, when not all.</summary>
    public List<ClientState>? DirtyClients { get; set; }

    /// <summary>Whether it was gathered for the present round.</summary>
    public bool IsInRound { get; set; }

    /// <summary>Those of its shared volumes that were offered in the present round.</summary>
    public ResourceSet SharedOffered { get; set; }

    /// <summary>The holding of a client, made if there is none.</summary>
    public ref Holding HoldingOf(ClientState client)
    {
        var index = IndexOf(client);
        if (index >= 0)
        {
            return ref holdings[index];
        }

        if (HoldingCount == holdings.Length)
        {
            Array.Resize(ref holdings, Math.Max(2, HoldingCount + (HoldingCount >> 1) + 1));
        }

        holdings[HoldingCount] = new Holding { Client = client };
        client.Holdings++;
        return ref holdings[HoldingCount++];
    }

    public bool TryFind(ClientState client, out Holding holding)
    {
        var index = IndexOf(client);
        holding = index < 0 ? default : holdings[index];
        return index >= 0;
    }

    public void RemoveIfEmpty(ClientState client)
    {
        var index = IndexOf(client);
        if (index >= 0 && holdings[index].IsEmpty)
        {
            holdings[index] = holdings[--HoldingCount];
            holdings[HoldingCount] = default;
            client.Holdings--;
        }
    }

    private int IndexOf(ClientState client)
    {
        for (var index = 0; index < HoldingCount; index++)
        {
            if (holdings[index].Client == client)
            {
                return index;
            }
        }

        return -1;
    }
}
