using ClusterScheduler.Sdk.Joining;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>What a process that would become a member is refused before it listens anywhere.</summary>
public class JoiningTests
{
    private const string Seed = "akka.tcp://csched@192.0.2.1:4053";

    [Fact]
    public Task Nobody_is_let_in_from_other_machines_without_a_proof() =>
        Refused(new JoinSettings([Seed]) { BindHost = "192.0.2.7" }, "192.0.2.7, where other machines reach it");

    [Fact]
    public Task One_that_the_seeds_machine_could_not_reach_is_told_at_once() => Refused(
        new JoinSettings([Seed]), "127.0.0.1, which is reached from this machine only, and the seed " + Seed);

    [Theory]
    [InlineData("192.0.2.1:4053", "'192.0.2.1:4053' is no address of a node")]
    [InlineData("akka.tcp://csched@192.0.2.1", "is no address of a node: write akka.tcp://csched@HOST:PORT")]
    public Task A_seed_that_cannot_be_read_is_named(string seed, string said) =>
        Refused(new JoinSettings([seed]), said);

    [Fact]
    public Task All_seeds_are_of_one_cluster() =>
        Refused(new JoinSettings([Seed, "akka.tcp://other@192.0.2.1:4053"]), "all of them of one cluster");

    private static async Task Refused(JoinSettings settings, string said)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => ClusterMembership.Join(settings));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }
}
