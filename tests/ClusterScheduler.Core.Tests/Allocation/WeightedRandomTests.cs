using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

public sealed class WeightedRandomTests
{
    [Fact]
    public void A_role_of_three_times_the_weight_is_first_three_times_as_often()
    {
        var heavy = Offered(seed: 7).Count(offer => offer.Role == RoleName.Parse("heavy"));
        Assert.InRange(heavy, 1_400, 1_600);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_seed_another() =>
        Assert.True(Offered(1).SequenceEqual(Offered(1)) && !Offered(1).SequenceEqual(Offered(2)));

    private static IReadOnlyList<OfferedResources> Offered(ulong seed)
    {
        var allocator = new Allocator(new AllocatorSettings
        {
            RoleSorter = Sorter.WeightedRandom,
            FrameworkSorter = Sorter.WeightedRandom,
            Seed = seed,
        });
        Assert.Null(allocator.SetWeight(RoleName.Parse("heavy"), 3));
        foreach (var role in new[] { "heavy", "light" })
        {
            var profile = new FrameworkProfile(new FrameworkId("f-" + role), [RoleName.Parse(role)]);
            Assert.Null(allocator.AddFramework(profile));
        }

        for (var at = 0; at < 2_000; at++)
        {
            var profile = new AgentProfile(new AgentId($"a{at:D5}"), ResourceSet.Parse("cpus:1;mem:64"));
            Assert.Null(allocator.AddAgent(profile, []));
        }

        return allocator.Allocate(DateTimeOffset.UnixEpoch);
    }
}
