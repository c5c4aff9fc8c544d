using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What stands against a demand, for what it asks for, at an agent.</summary>
[Flags]
internal enum Shortage : byte
{
    None = 0,

    /// <summary>What is free does not hold it.</summary>
    TooSmall = 1,

    /// <summary>A limit leaves less than it asks for.</summary>
    QuotaLimit = 2,

    /// <summary>Guarantees of other roles take something that is free and asked for.</summary>
    Headroom = 4,
}

/// <summary>
/// One demand at the agents of a block. Measured anew for each demand and block, in the same memory. What is only true
/// or not is a bit an agent, so that rules are put together for 64 agents at once.
/// </summary>
internal sealed class DemandAtAgents
{
    /// <summary>So many shortages can come together.</summary>
    public const int ShortagesMax = 8;

    private readonly double[] distances = new double[AgentBlock.AgentsMax];
    private readonly ulong[] tooSmall = new ulong[AgentBits.Words];
    private readonly ulong[] limited = new ulong[AgentBits.Words];
    private readonly ulong[] kept = new ulong[AgentBits.Words];
    private readonly ulong[] limitShort = new ulong[AgentBits.Words];
    private readonly ulong[] limitedShort = new ulong[AgentBits.Words];
    private readonly ulong[] keptShort = new ulong[AgentBits.Words];
    private readonly ulong[] offerableShort = new ulong[AgentBits.Words];
    private int count;

    /// <summary>How far each agent is from the demand.</summary>
    public ReadOnlySpan<double> Distances => distances.AsSpan(0, count);

    /// <param name="demand">What is asked for.</param>
    /// <param name="others">Which of the items that demands ask for are its own.</param>
    /// <param name="block">Where.</param>
    public void Measure(Demand demand, ReadOnlySpan<int> others, AgentBlock block)
    {
        count = block.Count;
        var measured = distances.AsSpan(0, Whole(count));
        demand.Measure(block.Free, measured);
        foreach (var other in others)
        {
            var lacks = block.Lacks(other);
            for (var row = 0; row < count; row++)
            {
                measured[row] += lacks[row];
            }
        }

        measured[count..].Fill(double.PositiveInfinity);
        AgentBits.SetWhereFar(distances, tooSmall);
        if (block.HasQuota)
        {
            MeasureQuota(demand, block);
        }
    }

    /// <summary>What is short at an agent.</summary>
    public Shortage ShortageAt(int row)
    {
        var (word, bit) = (row / 64, 1UL << (row % 64));
        return ((tooSmall[word] & bit) != 0 ? Shortage.TooSmall : Shortage.None)
            | ((limited[word] & bit) != 0 ? Shortage.QuotaLimit : Shortage.None)
            | ((kept[word] & bit) != 0 ? Shortage.Headroom : Shortage.None);
    }

    /// <summary>How many of these agents have each shortage.</summary>
    /// <param name="members">A bit an agent.</param>
    /// <param name="agents">By shortage; they are added to it.</param>
    public void Count(ReadOnlySpan<ulong> members, Span<int> agents)
    {
        for (var word = 0; word < members.Length; word++)
        {
            var (small, limit, keep) = (tooSmall[word], limited[word], kept[word]);
            for (var at = 0; at < ((limit | keep) == 0 ? 2 : ShortagesMax); at++)
            {
                agents[at] += BitOperations.PopCount(members[word]
                    & ((at & (int)Shortage.TooSmall) != 0 ? small : ~small)
                    & ((at & (int)Shortage.QuotaLimit) != 0 ? limit : ~limit)
                    & ((at & (int)Shortage.Headroom) != 0 ? keep : ~keep));
            }
        }
    }

    /// <summary>
    /// A distance that so many agents as an answer lists do not exceed: those that do need not be looked at. Each lane
    /// has an agent of its own that is as near as the lane's least distance.
    /// </summary>
    public double Bound()
    {
        var all = Steps();
        var (first, second) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.PositiveInfinity));
        var (third, fourth) = (first, second);
        var at = 0;
        for (; at + 4 <= all.Length; at += 4)
        {
            first = Vector256.MinNative(first, all[at]);
            second = Vector256.MinNative(second, all[at + 1]);
            third = Vector256.MinNative(third, all[at + 2]);
            fourth = Vector256.MinNative(fourth, all[at + 3]);
        }

        for (; at < all.Length; at++)
        {
            first = Vector256.MinNative(first, all[at]);
        }

        var least = (stackalloc double[4 * Vector256<double>.Count]);
        var lanes = MemoryMarshal.Cast<double, Vector256<double>>(least);
        (lanes[0], lanes[1], lanes[2], lanes[3]) = (first, second, third, fourth);
        least.Sort();
        return least[WhyAnswer.ListedMax - 1];
    }

    /// <summary>The first agent from a row on that is no farther; the number of agents if there is none.</summary>
    public int Next(int row, double most)
    {
        var all = Steps();
        var bound = Vector256.Create(most);
        for (var at = row / Vector256<double>.Count; at < all.Length; at++)
        {
            if (!Vector256.LessThanOrEqualAny(all[at], bound))
            {
                continue;
            }

            row = Math.Max(row, at * Vector256<double>.Count);
            for (; row < count && row < (at + 1) * Vector256<double>.Count; row++)
            {
                if (distances[row] <= most)
                {
                    return row;
                }
            }
        }

        return count;
    }

    private ReadOnlySpan<Vector256<double>> Steps() =>
        MemoryMarshal.Cast<double, Vector256<double>>(distances.AsSpan(0, Whole(count)));

    private static int Whole(int count) =>
        (count + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;

    /// <summary>
    /// A limit counts where it leaves less than is asked for, however much were free; headroom where it takes away
    /// something that is free and asked for. Either also where what is free would do but for it.
    /// </summary>
    private void MeasureQuota(Demand demand, AgentBlock block)
    {
        demand.Compare(block.LimitHere, limitShort);
        demand.Compare(block.WithinLimits, limitedShort);
        demand.Compare(block.WithinHeadroom, keptShort, block.Free);
        demand.Compare(block.Offerable, offerableShort);
        for (var word = 0; word < AgentBits.Words; word++)
        {
            var worth = block.Worth(word);
            var wouldDo = ~tooSmall[word] & worth;
            limited[word] = limitShort[word] | (wouldDo & (limitedShort[word] | ~block.WorthWithinLimits(word)));
            kept[word] = block.Kept(word) & ((worth & ~block.WorthWithinHeadroom(word)) | keptShort[word]
                | (wouldDo & ~limited[word] & (offerableShort[word] | ~block.OfferableWorth(word))));
        }
    }
}
