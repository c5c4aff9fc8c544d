using System.Globalization;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// The allocator and its naive twin make the same offers on random histories, and the invariants I1, I2, I3, I6
/// and I9 hold after every step. ALLOCATOR_HISTORIES sets how many; ALLOCATOR_SEED replays one.
/// </summary>
public sealed class AllocatorHistoryTests
{
    private const int Histories = 20_000;

    [Fact]
    public void The_allocator_offers_what_its_naive_twin_offers()
    {
        var only = Number("ALLOCATOR_SEED");
        var first = only ?? 0;
        var count = only is null ? Number("ALLOCATOR_HISTORIES") ?? Histories : 1;
        var failed = int.MaxValue;
        var gate = new Lock();
        var threads = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(first, first + count, threads, seed =>
        {
            if (seed < Volatile.Read(ref failed) && HistoryRun.Failure(HistoryStep.Draw(seed)) is not null)
            {
                lock (gate)
                {
                    failed = Math.Min(failed, seed);
                }
            }
        });
        Assert.True(failed == int.MaxValue, failed == int.MaxValue ? "" : Explain(failed));
    }

    [Fact]
    public void The_same_history_gives_the_same_offers_byte_for_byte()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var steps = HistoryStep.Draw(seed);
            Assert.Equal(HistoryRun.Trace(steps), HistoryRun.Trace(steps));
        }
    }

    private static string Explain(int seed)
    {
        var least = HistoryShrinker.Shrink(HistoryStep.Draw(seed), steps => HistoryRun.Failure(steps) is not null);
        return $"seed {seed}; replay: ALLOCATOR_SEED={seed} dotnet test tests/ClusterScheduler.Core.Tests "
            + $"--filter AllocatorHistoryTests\n{string.Join('\n', least)}\n{HistoryRun.Failure(least)}";
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
