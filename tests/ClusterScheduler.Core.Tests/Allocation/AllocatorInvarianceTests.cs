using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// What must not matter: order of arrival, names as long as their order stays, and how calls are batched.
/// </summary>
public sealed class AllocatorInvarianceTests
{
    private const int Clusters = 300;

    [Fact]
    public void Order_of_insertion_does_not_change_who_gets_how_much() => ForAll(seed =>
    {
        var shuffled = new Random(seed + 1_000_000);
        Assert.Equal(Offers(seed, all => all, Same), Offers(seed, all => all.OrderBy(_ => shuffled.Next()), Same));
    });

    [Fact]
    public void Renaming_ids_and_roles_does_not_change_who_gets_how_much() => ForAll(seed =>
        Assert.Equal(
            Offers(seed, all => all, Same),
            Offers(seed, all => all, name => "x" + name)
                .Select(line => line.Replace("xa", "a", StringComparison.Ordinal)
                    .Replace("xf", "f", StringComparison.Ordinal)
                    .Replace("xr", "r", StringComparison.Ordinal))));

    [Fact]
    public void Splitting_batches_does_not_change_who_gets_how_much() => ForAll(seed =>
        Assert.Equal(Offers(seed, all => all, Same), Offers(seed, all => all, Same, isSplit: true)));

    private static string Same(string name) => name;

    private static void ForAll(Action<int> check)
    {
        for (var seed = 0; seed < Clusters; seed++)
        {
            check(seed);
        }
    }

    // Three rounds; in between a part of the offers is declined, for a time or not, and a part accepted.
    private static List<string> Offers(
        int seed,
        Func<IEnumerable<Action>, IEnumerable<Action>> order,
        Func<string, string> rename,
        bool isSplit = false)
    {
        var random = new Random(seed);
        var allocator = new Allocator(new AllocatorSettings());
        foreach (var add in order(Cluster(random, allocator, rename)))
        {
            add();
        }

        var lines = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            var now = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(round * 3);
            foreach (var offer in allocator.Allocate(now))
            {
                lines.Add($"{offer.Agent} {offer.Framework} {offer.Role} {offer.Resources}");
                Answer(allocator, offer, random.Next(4), now, isSplit);
            }
        }

        return lines;
    }

    private static List<Action> Cluster(Random random, Allocator allocator, Func<string, string> rename)
    {
        var roles = new[] { "r1", "r1/s", "r2" }.Select(role => RoleName.Parse(rename(role))).ToArray();
        var adds = new List<Action>();
        for (var at = 0; at < 2 + random.Next(4); at++)
        {
            var profile = new FrameworkProfile(new FrameworkId(rename($"f{at}")), [roles[random.Next(3)]]);
            adds.Add(() => Assert.Null(allocator.AddFramework(profile)));
        }

        for (var at = 0; at < 1 + random.Next(8); at++)
        {
            var total = ResourceSet.Of(Scalar.Of(1 + random.Next(8)), Scalar.Of(64 * (1 + random.Next(16))));
            var profile = new AgentProfile(new AgentId(rename($"a{at}")), total);
            adds.Add(() => Assert.Null(allocator.AddAgent(profile, [])));
        }

        var (role, weight) = (roles[random.Next(3)], 1 + random.Next(3));
        adds.Add(() => Assert.Null(allocator.SetWeight(role, weight)));
        return adds;
    }

    private static void Answer(
        Allocator allocator, OfferedResources offer, int choice, DateTimeOffset now, bool isSplit)
    {
        var (framework, role, agent, resources, _) = offer;
        var first = isSplit ? ResourceSet.Of(resources.Items.Take(1)) : resources;
        foreach (var part in new[] { first, resources - first })
        {
            if (!part.IsEmpty && choice < 3)
            {
                Assert.Null(choice == 0
                    ? allocator.Consume(framework, role, agent, part, now)
                    : allocator.RecoverOffered(framework, role, agent, part, default, now));
            }
        }
    }
}
