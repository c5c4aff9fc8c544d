namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// What must not matter: in which order things arrive between two rounds, what they are called, and whether what is
/// said at once is said in several calls.
/// </summary>
public sealed class AllocatorInvarianceTests
{
    private const int Clusters = 1000;

    [Theory]
    [InlineData(nameof(InvarianceKind.Even))]
    [InlineData(nameof(InvarianceKind.Random))]
    public void Order_of_insertion_and_of_answers_does_not_change_who_gets_how_much(string kind) => ForAll(
        kind, random => new InvarianceWay(HistoryNames.Same, Order: random));

    /// <summary>Names decide ties, and random orders are drawn from them.</summary>
    [Fact]
    public void Names_that_keep_their_order_do_not_change_who_gets_how_much() => ForAll(
        nameof(InvarianceKind.Even), random => new InvarianceWay(HistoryNames.InOrder(random)));

    /// <summary>Agents are visited in the order of their names, so only the names of the others can be any.</summary>
    [Fact]
    public void Where_no_share_ties_names_of_frameworks_and_roles_do_not_change_who_gets_how_much() => ForAll(
        nameof(InvarianceKind.Uneven), random => new InvarianceWay(HistoryNames.Mixed(random)));

    [Theory]
    [InlineData(nameof(InvarianceKind.Even))]
    [InlineData(nameof(InvarianceKind.Random))]
    public void Splitting_batches_does_not_change_who_gets_how_much(string kind) => ForAll(
        kind, _ => new InvarianceWay(HistoryNames.Same, IsSplit: true));

    private static void ForAll(string kind, Func<Random, InvarianceWay> other)
    {
        var like = Enum.Parse<InvarianceKind>(kind);
        for (var seed = 0; seed < Clusters; seed++)
        {
            var expected = InvarianceRun.Offers(seed, like, new InvarianceWay(HistoryNames.Same));
            var actual = InvarianceRun.Offers(seed, like, other(new Random(seed + 1_000_000)));
            Assert.True(expected.SequenceEqual(actual), Difference(seed, expected, actual));
        }
    }

    private static string Difference(int seed, List<string> expected, List<string> actual) =>
        $"seed {seed}: offers\n  {string.Join("\n  ", expected)}\nand the other way\n  {string.Join("\n  ", actual)}";
}
