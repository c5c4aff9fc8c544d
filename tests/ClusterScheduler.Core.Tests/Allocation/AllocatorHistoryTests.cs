using System.Globalization;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// The allocator and its naive twin make the same offers on random histories, and the invariants I1, I2, I3, I6
/// hold after
/// every step. ALLOCATOR_HISTORIES sets how many; ALLOCATOR_SEED replays one.
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
        for (var seed = first; seed < first + count; seed++)
        {
            var steps = HistoryStep.Draw(seed);
            if (HistoryRun.Failure(steps) is not null)
            {
                var least = HistoryShrinker.Shrink(steps, candidate => HistoryRun.Failure(candidate) is not null);
                Assert.Fail(
                    $"seed {seed}; replay: ALLOCATOR_SEED={seed} dotnet test tests/ClusterScheduler.Core.Tests "
                    + $"--filter AllocatorHistoryTests\n{string.Join('\n', least)}\n{HistoryRun.Failure(least)}");
            }
        }
    }

    [Fact]
    public void The_same_history_gives_the_same_offers_byte_for_byte()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var steps = HistoryStep.Draw(seed);
            Assert.Equal(HistoryRun.Trace(steps), HistoryRun.Trace(steps));
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
