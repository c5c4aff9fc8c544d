using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// Many demands at once are explained as the naive twin explains each alone, at more agents than are looked at in one
/// step, hardly two of them alike.
/// </summary>
public sealed class WhyTwinTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FrameworkId Framework = new("f");
    private static readonly RoleName Role = RoleName.Parse("dev");
    private static readonly AllocatorSettings Settings = new() { Region = "near" };

    [Theory]
    [InlineData(1, "", "")]
    [InlineData(2, "cpus:40;mem:20000", "")]
    [InlineData(3, "cpus:12;mem:2000", "")]
    [InlineData(4, "cpus:0", "")]
    [InlineData(5, "", "cpus:1000000")]
    [InlineData(6, "", "mem:3140000")]
    [InlineData(7, "cpus:9", "cpus:9000;disk:10")]
    public void Demands_are_explained_as_by_the_twin(int seed, string limit, string guaranteed)
    {
        var random = new Random(seed);
        var (fast, naive) = (new Allocator(Settings), new NaiveAllocator(Settings));
        var profile = new FrameworkProfile(Framework, [Role]);
        Assert.Null(fast.AddFramework(profile));
        Assert.Null(naive.AddFramework(profile, isActive: true));
        for (var at = 0; at < 1_200; at++)
        {
            var agent = Agent(random, at);
            Assert.Null(fast.AddAgent(agent, []));
            Assert.Null(naive.AddAgent(agent, []));
        }

        DeclineSome(random, fast, naive);
        RoleQuota[] quotas =
        [
            new(Role, Quota.Parse("", limit)),
            new(RoleName.Parse("other"), Quota.Parse(guaranteed, "")),
        ];
        Assert.Null(fast.SetQuota(quotas, force: true));
        Assert.Empty(naive.SetQuota(quotas, force: true));

        ResourceSet[] demands = [ResourceSet.Empty, .. Enumerable.Range(0, 12).Select(_ => Demand(random))];
        var answers = fast.WhyEach(Framework, Role, demands, Now);
        Assert.Equal(demands.Length, answers.Count);
        foreach (var answer in answers)
        {
            Assert.Equal(naive.Why(Framework, Role, answer.Demand, Now), Lines(answer));
        }
    }

    /// <summary>As the twin says it.</summary>
    internal static IEnumerable<string> Lines(WhyAnswer why) => why.RuledOut
        .Select(rule => $"{rule.Key} {rule.Value} {why.First.GetValueOrDefault(rule.Key)}")
        .Concat(why.Nearest.Select(near =>
            $"{near.Agent} {string.Join('+', near.Rules)} {near.Free} {near.Offerable} {near.Missing}"));

    private static AgentProfile Agent(Random random, int at)
    {
        var scalars = ResourceSet.Of(
            Scalar.Of(random.Next(160) / 10.0), Scalar.Of(random.Next(5_000)), Scalar.Of(random.Next(3) * 100));
        var more = random.Next(12) switch
        {
            0 => "gpus:1",
            1 => "cpus(dev):4",
            2 => "mem(other):100",
            3 => "disk[source=MOUNT,root=/m]:300",
            4 => "ports:[1-9]",
            5 => "ports:[5-20]",
            _ => "",
        };
        return new AgentProfile(new AgentId($"a{at:D5}"), scalars + ResourceSet.Parse(more))
        {
            Domain = random.Next(20) == 0 ? new AgentDomain("far", "z") : null,
        };
    }

    private static void DeclineSome(Random random, Allocator fast, NaiveAllocator naive)
    {
        _ = naive.Allocate(Now);
        foreach (var offer in fast.Allocate(Now))
        {
            var refuse = random.Next(3) == 0 ? FilterDuration.Most : TimeSpan.Zero;
            Assert.Null(fast.RecoverOffered(Framework, Role, offer.Agent, offer.Resources, refuse, Now));
            Assert.Null(naive.RecoverOffered(Framework, Role, offer.Agent, offer.Resources, refuse, Now));
        }
    }

    private static ResourceSet Demand(Random random) => ResourceSet.Of(
            Scalar.Of(random.Next(200) / 10.0), Scalar.Of(random.Next(6_000)), Scalar.Of(random.Next(4) * 100))
        + ResourceSet.Parse(random.Next(6) switch
        {
            0 => "ports:[6-8]",
            1 => "odd:3",
            2 => "gpus:1",
            _ => "",
        });
}
