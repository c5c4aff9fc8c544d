using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What is true of which agents of a block, a bit each, from the columns of the block.</summary>
internal static class AgentBits
{
    /// <summary>So many words they take.</summary>
    public const int Words = AgentBlock.AgentsMax / 64;

    // Of columns, in a word; four agents in each.
    private const int Steps = 16;

    /// <summary>Sets the bits of the agents that are at some distance.</summary>
    public static void SetWhereFar(ReadOnlySpan<double> distances, Span<ulong> bits)
    {
        var steps = MemoryMarshal.Cast<double, Vector256<double>>(distances);
        for (var word = 0; word < bits.Length; word++)
        {
            ulong far = 0;
            for (var at = ((word + 1) * Steps) - 1; at >= word * Steps; at--)
            {
                far <<= Vector256<double>.Count;
                far |= Vector256.GreaterThan(steps[at], Vector256<double>.Zero).ExtractMostSignificantBits();
            }

            bits[word] = far;
        }
    }

    /// <summary>Sets the bits of the agents that have less than that.</summary>
    public static void SetWhereLess(ReadOnlySpan<double> had, Vector256<double> asked, Span<ulong> bits)
    {
        var steps = MemoryMarshal.Cast<double, Vector256<double>>(had);
        for (var word = 0; word < bits.Length; word++)
        {
            ulong less = 0;
            for (var at = ((word + 1) * Steps) - 1; at >= word * Steps; at--)
            {
                less <<= Vector256<double>.Count;
                less |= Vector256.LessThan(steps[at], asked).ExtractMostSignificantBits();
            }

            bits[word] |= less;
        }
    }

    /// <summary>Sets the bits of the agents that have less than that, and less than before.</summary>
    public static void SetWhereLess(
        ReadOnlySpan<double> had, Vector256<double> asked, ReadOnlySpan<double> before, Span<ulong> bits)
    {
        var steps = MemoryMarshal.Cast<double, Vector256<double>>(had);
        var earlier = MemoryMarshal.Cast<double, Vector256<double>>(before);
        for (var word = 0; word < bits.Length; word++)
        {
            ulong less = 0;
            for (var at = ((word + 1) * Steps) - 1; at >= word * Steps; at--)
            {
                var enough = Vector256.MinNative(asked, earlier[at]);
                less <<= Vector256<double>.Count;
                less |= Vector256.LessThan(steps[at], enough).ExtractMostSignificantBits();
            }

            bits[word] |= less;
        }
    }
}
