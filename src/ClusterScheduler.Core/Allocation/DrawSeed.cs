namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Where the random order of some siblings at one agent in one round begins. It follows from what it is for and not
/// from what was drawn before, so that an agent that need not be visited changes nothing at another.
/// </summary>
internal static class DrawSeed
{
    /// <summary>A number for a name, the same everywhere (FNV-1a, 64 bits).</summary>
    public static ulong SaltOf(string name)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 0x100000001B3UL;
        }

        return hash;
    }

    /// <summary>The seed of one draw.</summary>
    /// <param name="seed">Of the settings.</param>
    /// <param name="round">Counts every round.</param>
    /// <param name="agent">Salt of the agent.</param>
    /// <param name="siblings">Salt of those that are put in order.</param>
    public static ulong Of(ulong seed, ulong round, ulong agent, ulong siblings) =>
        Mixed(Mixed(Mixed(seed ^ Mixed(round)) ^ agent) ^ siblings);

    /// <summary>The next state of the generator (SplitMix64).</summary>
    public static ulong After(ulong state) => state + 0x9E3779B97F4A7C15;

    /// <summary>The number that a state stands for.</summary>
    public static ulong Mixed(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
