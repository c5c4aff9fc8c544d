using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Allocation.Oversubscription;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Input that no entry takes: each has its own reason, and nothing changes.</summary>
public sealed class BadInputTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly RoleName Eng = RoleName.Parse("eng");
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentId Agent = new("a");
    private static readonly ResourceSet OneCpu = ResourceSet.Parse("cpus:1");

    private readonly Allocator allocator = new(AllocatorSettings.Default);

    public BadInputTests()
    {
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [Eng])));
        Assert.Null(allocator.AddAgent(new AgentProfile(Agent, ResourceSet.Parse("cpus:4;mem:64")), []));
    }

    public static TheoryData<string, AllocatorSettings> WrongSettings { get; } = new()
    {
        { "RecoveryFactor", new AllocatorSettings { RecoveryFactor = double.NaN } },
        { "RecoveryFactor", new AllocatorSettings { RecoveryFactor = 1.5 } },
        { "AgentsMax", new AllocatorSettings { AgentsMax = -1 } },
        { "FrameworksMax", new AllocatorSettings { FrameworksMax = 0 } },
        { "RolesPerFrameworkMax", new AllocatorSettings { RolesPerFrameworkMax = 0 } },
        { "CustomScalarsMax", new AllocatorSettings { CustomScalarsMax = -1 } },
        { "OfferTimeout", new AllocatorSettings { OfferTimeout = TimeSpan.FromSeconds(-1) } },
        { "FilterLeast", new AllocatorSettings { FilterLeast = TimeSpan.FromSeconds(-1) } },
        { "FilterLeast", new AllocatorSettings { FilterLeast = TimeSpan.MaxValue } },
        { "Hoarding", new AllocatorSettings { Hoarding = new HoardingRule(double.NaN, TimeSpan.Zero) } },
        { "Hoarding", new AllocatorSettings { Hoarding = new HoardingRule(0.5, TimeSpan.FromSeconds(-1)) } },
        { "MinAllocatable", new AllocatorSettings { MinAllocatable = Below } },
        { "RoleSorter", new AllocatorSettings { RoleSorter = (Sorter)7 } },
        { "FrameworkSorter", new AllocatorSettings { FrameworkSorter = (Sorter)(-1) } },
    };

    private static MinAllocatable Below => new([ResourceSet.Of(new Scalar(-1), Scalar.Zero)]);

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Settings_out_of_their_ranges_are_refused_by_name(string name, AllocatorSettings settings) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new Allocator(settings));

    [Theory]
    [InlineData(double.NaN, AllocatorFault.WeightNotPositive)]
    [InlineData(double.PositiveInfinity, AllocatorFault.WeightNotPositive)]
    [InlineData(-1, AllocatorFault.WeightNotPositive)]
    [InlineData(1e-310, AllocatorFault.WeightOutOfRange)]
    [InlineData(0.0009, AllocatorFault.WeightOutOfRange)]
    [InlineData(1_000_001, AllocatorFault.WeightOutOfRange)]
    [InlineData(RoleWeight.Least, null)]
    [InlineData(RoleWeight.Most, null)]
    public void A_weight_is_within_its_range(double weight, AllocatorFault? expected)
    {
        Assert.Equal(expected, allocator.SetWeight(Eng, weight)?.Fault);
        Assert.Equal(expected is null ? weight : 1, allocator.ViewRole(Eng)!.Weight);
    }

    [Fact]
    public void An_agent_that_is_there_cannot_return_and_is_charged_nothing_again()
    {
        var profile = allocator.ViewAgent(Agent)!.Profile;
        AgentUse[] uses = [new AgentUse(Framework, Eng, OneCpu)];
        Assert.Equal(AllocatorFault.AgentPresent, allocator.ReturnAgent(profile, uses)?.Fault);
        Assert.Null(allocator.PauseAgent(Agent));
        Assert.Null(allocator.ReturnAgent(profile, uses));
        Assert.Equal(AllocatorFault.AgentPresent, allocator.ReturnAgent(profile, uses)?.Fault);
        Assert.Null(allocator.SetAgentActive(Agent, false));
        Assert.Equal(AllocatorFault.AgentPresent, allocator.ReturnAgent(profile, uses)?.Fault);
        Assert.Equal(OneCpu, Assert.Single(allocator.ViewFramework(Framework)).Allocated);
    }

    [Fact]
    public void A_filter_lasts_no_less_than_no_time()
    {
        var offer = Assert.Single(allocator.Allocate(Now)).Resources;
        var before = TimeSpan.FromTicks(-1);
        Assert.Equal(AllocatorFault.NegativeTime,
            allocator.RecoverOffered(Framework, Eng, Agent, offer, before, Now)?.Fault);
        Assert.Equal(offer, Assert.Single(allocator.ViewAgent(Agent)!.Holdings).Offered);

        Assert.Null(allocator.Consume(Framework, Eng, Agent, offer, Now));
        Assert.Null(allocator.UpdateUnavailability(Agent, new Unavailability(Now, null)));
        Assert.Single(allocator.AllocateInverse(Now));
        Assert.Equal(AllocatorFault.NegativeTime, allocator.RecoverInverse(Framework, Agent, before, Now)?.Fault);
        Assert.Equal(AllocatorFault.UnknownAgent,
            allocator.RecoverInverse(Framework, new AgentId("b"), default, Now)?.Fault);
        Assert.Equal(AllocatorFault.UnknownFramework,
            allocator.RecoverInverse(new FrameworkId("g"), Agent, default, Now)?.Fault);
        Assert.Null(allocator.RecoverInverse(Framework, Agent, default, Now));
        Assert.Equal(AllocatorFault.NotOffered, allocator.RecoverInverse(Framework, Agent, default, Now)?.Fault);
    }

    [Fact]
    public void Wishes_are_for_roles_of_the_framework_and_below_zero_is_no_least_offer()
    {
        var (framework, ads) = (new FrameworkProfile(Framework, [Eng]), RoleName.Parse("ads"));
        Check(AllocatorFault.NegativeAmount, framework with { MinAllocatable = Of(Eng, Below) });
        Check(AllocatorFault.NotSubscribed, framework with { MinAllocatable = Of(ads, MinAllocatable.Anything) });
        Check(AllocatorFault.NotSubscribed, framework with { Constraints = Of(ads, new OfferConstraints([])) });
        Assert.Equal(1, allocator.FrameworkCount);
    }

    [Fact]
    public void A_framework_that_is_away_commits_nothing_and_a_page_of_agents_has_one_at_least()
    {
        Assert.Null(allocator.SetFrameworkActive(Framework, false));
        var claim = new AgentClaim(Agent, allocator.VersionOf(Agent)!.Value, OneCpu);
        Assert.Equal(AllocatorFault.FrameworkInactive, allocator.Commit(Framework, Eng, [claim])?.Fault);
        Assert.Equal(
            AllocatorFault.NotSubscribed, allocator.Commit(Framework, RoleName.Parse("ads"), [claim])?.Fault);
        Assert.Throws<ArgumentOutOfRangeException>(
            "most", () => allocator.ViewFreeAgents(Framework, Eng, ResourceSet.Empty, null, -1, Now));
    }

    [Theory]
    [InlineData(double.NaN, 0.9)]
    [InlineData(0.9, double.NaN)]
    [InlineData(-0.1, 0.9)]
    [InlineData(0.9, 1.1)]
    public void Pressure_begins_at_a_part_of_the_agent(double cpus, double mem)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PressureRule(cpus, mem));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => PressureRule.Default with { CpusMost = cpus, MemMost = mem });
    }

    private void Check(AllocatorFault expected, FrameworkProfile profile)
    {
        Assert.Equal(expected, allocator.UpdateFramework(profile)?.Fault);
        Assert.Equal(expected, allocator.AddFramework(profile with { Id = new FrameworkId("g") })?.Fault);
    }

    private static Dictionary<RoleName, T> Of<T>(RoleName role, T wish) => new() { [role] = wish };
}
