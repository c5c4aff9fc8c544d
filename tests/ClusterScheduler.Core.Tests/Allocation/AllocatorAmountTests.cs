using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Amounts that are negative, or whose sums would leave the range of exact numbers, change nothing.</summary>
public sealed class AllocatorAmountTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentId Agent = new("a");
    private static readonly ResourceSet Negative = ResourceSet.Of(new Scalar(-1000), Scalar.Zero);

    private readonly Allocator allocator = new(new AllocatorSettings());

    public AllocatorAmountTests()
    {
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        Assert.Null(allocator.AddAgent(new AgentProfile(Agent, ResourceSet.Parse("cpus:4;mem:100")), []));
        Assert.Single(allocator.Allocate(Now));
    }

    public static TheoryData<long> Amounts => [long.MaxValue / 2, (long.MaxValue / 4) + 1, long.MaxValue];

    [Theory]
    [MemberData(nameof(Amounts))]
    public void A_total_beyond_exact_sums_is_refused(long thousandths)
    {
        var much = ResourceSet.Of(new Scalar(thousandths), Scalar.Zero);
        Refused(AllocatorFault.AgentTooLarge, allocator.AddAgent(new AgentProfile(new AgentId("b"), much), []));
        Refused(AllocatorFault.AgentTooLarge, allocator.UpdateAgent(new AgentProfile(Agent, much)));
    }

    [Fact]
    public void Uses_beyond_exact_sums_are_refused_as_a_whole()
    {
        var use = new AgentUse(Framework, RoleName.Any, ResourceSet.Of(new Scalar(1L << 61), Scalar.Zero));
        Refused(AllocatorFault.AgentTooLarge, allocator.AddAgent(
            new AgentProfile(new AgentId("b"), ResourceSet.Parse("cpus:1")), [use, use, use, use, use]));
    }

    [Fact]
    public void Shared_volumes_count_for_reservations_and_are_bounded_too()
    {
        for (var at = 0; at < 2_000; at++)
        {
            var total = ResourceSet.Parse($"disk(r)[id=v{at},path=p]<SHARED>:1000000000000");
            if (allocator.AddAgent(new AgentProfile(new AgentId($"s{at}"), total), []) is { } refusal)
            {
                Assert.Equal(AllocatorFault.TotalTooLarge, refusal.Fault);
                return;
            }
        }

        Assert.Fail("2,000 volumes of the largest size were taken.");
    }

    [Fact]
    public void Negative_amounts_are_refused_at_every_entry()
    {
        var (role, none) = (RoleName.Any, TimeSpan.Zero);
        var negative = AllocatorFault.NegativeAmount;
        var other = new AgentProfile(new AgentId("b"), ResourceSet.Parse("cpus:1"));
        Refused(negative, allocator.AddAgent(other with { Total = Negative }, []));
        Refused(negative, allocator.AddAgent(other, [new AgentUse(Framework, role, Negative)]));
        Refused(negative, allocator.UpdateAgent(new AgentProfile(Agent, Negative)));
        Refused(negative, allocator.UpdateRevocable(Agent, ResourceSet.Of(
            new ResourceItem(new ResourceKey("cpus", ResourceKind.Scalar, isRevocable: true), new Scalar(-1)))));
        Refused(negative, allocator.RecoverOffered(Framework, role, Agent, Negative, none, Now));
        Refused(negative, allocator.RecoverUsed(Framework, role, Agent, Negative));
        Refused(negative, allocator.Consume(Framework, role, Agent, Negative, Now));
        Refused(negative, allocator.ConvertOffered(Framework, role, Agent, Negative, Negative));
        Refused(negative, allocator.ConvertFree(Agent, Negative, Negative));
        var version = allocator.ViewAgent(Agent)!.Version;
        Refused(negative, allocator.Commit(Framework, role, [new AgentClaim(Agent, version, Negative)]));
    }

    [Fact]
    public void Guarantees_of_thousands_of_roles_do_not_overflow()
    {
        var most = new Dictionary<string, Scalar> { ["cpus"] = Scalar.Max };
        var quota = new Quota(most, new Dictionary<string, Scalar>());
        RoleQuota[] tops = [.. Enumerable.Range(0, 9_300).Select(at => new RoleQuota(RoleName.Parse($"r{at}"), quota))];
        Assert.Equal(QuotaFault.GuaranteesTooLarge, allocator.SetQuota(tops, force: true)?.Fault);
        RoleQuota[] below =
        [
            new RoleQuota(RoleName.Parse("top"), quota),
            .. Enumerable.Range(0, 9_300).Select(at => new RoleQuota(RoleName.Parse($"top/r{at}"), quota)),
        ];
        Assert.Equal(QuotaFault.GuaranteesAboveParent, allocator.SetQuota(below, force: true)?.Fault);
        Assert.Null(allocator.SetQuota([tops[0]], force: true));
    }

    private void Refused(AllocatorFault expected, AllocatorRefusal? refusal)
    {
        Assert.Equal(expected, refusal?.Fault);
        Assert.Equal("cpus:4;mem:100", allocator.ViewCluster().Total.ToString());
        Assert.Equal("cpus:4;mem:100", Assert.Single(allocator.ViewAgent(Agent)!.Holdings).Offered.ToString());
        Assert.Equal("cpus:4;mem:100", allocator.ViewRole(RoleName.Any)!.Allocated.ToString());
    }
}
