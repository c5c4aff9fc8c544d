using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Every bound has its own refusal, and what is refused leaves nothing behind.</summary>
public sealed class AllocatorBoundsTests
{
    private static readonly RoleName Eng = RoleName.Parse("eng");

    private readonly Allocator allocator = new(new AllocatorSettings
    {
        AgentsMax = 1,
        FrameworksMax = 1,
        RolesPerFrameworkMax = 2,
        CustomScalarsMax = 2,
    });

    [Fact]
    public void Agents_are_bounded()
    {
        Assert.Null(Add("a1", "cpus:1"));
        Assert.Equal(AllocatorFault.TooManyAgents, Add("a2", "cpus:1"));
        Assert.Equal(1, allocator.AgentCount);
    }

    [Fact]
    public void Names_of_custom_resources_are_bounded()
    {
        Assert.Equal(AllocatorFault.TooManyResourceNames, Add("a1", "x:1;y:1;z:1"));
        Assert.Null(Add("a1", "x:1;y:1"));
        var more = new AgentProfile(new AgentId("a1"), ResourceSet.Parse("x:1;z:1"));
        Assert.Equal(AllocatorFault.TooManyResourceNames, allocator.UpdateAgent(more)?.Fault);
        var quota = new RoleQuota(Eng, Quota.Parse("", "z:1"));
        Assert.Equal(QuotaFault.ResourceName, allocator.SetQuota([quota])?.Fault);
        Assert.Equal("x:1;y:1", allocator.ViewCluster().Total.ToString());
    }

    [Fact]
    public void Quota_that_was_stored_is_in_force_though_the_names_have_run_out_meanwhile()
    {
        var quota = new RoleQuota(Eng, Quota.Parse("", "z:1"));
        Assert.Null(allocator.CheckQuota([quota]));
        Assert.Null(Add("a1", "x:1;y:1"));
        Assert.Equal(QuotaFault.ResourceName, allocator.SetQuota([quota], force: true)?.Fault);
        Assert.Null(allocator.SetQuota([quota], force: true, isStored: true));
        Assert.Equal(Scalar.Of(1), allocator.ViewRole(Eng)!.Limit["z"]);
    }

    [Fact]
    public void A_total_beyond_exact_sums_is_refused()
    {
        var most = ResourceSet.Of(Scalar.Max, Scalar.Max);
        var sum = most;
        for (var doubled = 0; doubled < 9; doubled++)
        {
            sum += sum;
        }

        var refusal = allocator.AddAgent(new AgentProfile(new AgentId("a"), sum + sum), []);
        Assert.Equal(AllocatorFault.AgentTooLarge, refusal?.Fault);
        Assert.True(allocator.ViewCluster().Total.IsEmpty);
    }

    [Theory]
    [InlineData("ports:[1-9];ports(ads):[5-20]")]
    [InlineData("ports(+ads):[1-2,8-9];ports(+ads@p):[4-5];ports(ads):[9-20]")]
    [InlineData("zones:{a,b};zones(ads):{b,c}")]
    [InlineData("ports:[1-9];ports{REV}:[9-9]")]
    public void One_port_or_text_is_in_one_part_of_a_total(string overlapping)
    {
        Assert.Equal(AllocatorFault.PartsOverlap, Add("a1", overlapping));
        Assert.Equal(0, allocator.AgentCount);
        Assert.Null(Add("a1", "cpus:1;ports:[1-4,10-20];ports(ads):[5-9];zones:{a,b};rooms:{a};numbers:[1-20]"));
        var before = allocator.ViewCluster().Total;
        var more = new AgentProfile(new AgentId("a1"), ResourceSet.Parse(overlapping));
        Assert.Equal(AllocatorFault.PartsOverlap, allocator.UpdateAgent(more)?.Fault);
        Assert.Null(allocator.PauseAgent(more.Id));
        Assert.Equal(AllocatorFault.PartsOverlap, allocator.ReturnAgent(more, [])?.Fault);
        Assert.Equal(before, allocator.ViewCluster().Total);
    }

    [Fact]
    public void A_shared_volume_is_in_one_total_several_times_and_reserving_ports_makes_no_overlap()
    {
        const string Volume = "disk(ads)[id=v,path=p]<SHARED>:1";
        Assert.Null(Add("a1", $"{Volume};{Volume};ports:[1-9]"));
        Assert.Null(allocator.ConvertFree(
            new AgentId("a1"), ResourceSet.Parse("ports:[2-3]"), ResourceSet.Parse("ports(+ads):[2-3]")));
        var total = allocator.ViewAgent(new AgentId("a1"))!.Profile.Total;
        Assert.Null(allocator.UpdateAgent(new AgentProfile(new AgentId("a1"), total)));
        Assert.Equal(RangeSet.Of(1, 9), total.Ports);
    }

    [Theory]
    [InlineData("", AllocatorFault.NoRole)]
    [InlineData("a,b,c", AllocatorFault.TooManyRoles)]
    [InlineData("a,a", AllocatorFault.DoubleRole)]
    public void Roles_of_a_framework_are_checked(string roles, AllocatorFault expected) =>
        Assert.Equal(expected, AddFramework("f1", roles, FrameworkCapabilities.MultiRole));

    [Fact]
    public void Several_roles_need_the_capability_and_frameworks_are_bounded()
    {
        Assert.Equal(AllocatorFault.MultiRoleNeeded, AddFramework("f1", "a,b", FrameworkCapabilities.None));
        Assert.Null(AddFramework("f1", "a,b", FrameworkCapabilities.MultiRole));
        Assert.Equal(AllocatorFault.TooManyFrameworks, AddFramework("f2", "a", FrameworkCapabilities.None));
        Assert.Equal(2, allocator.ViewRoles().Count);
    }

    [Fact]
    public void Amounts_of_quota_are_bounded_and_a_change_is_all_or_nothing()
    {
        var limits = new Dictionary<string, Scalar> { ["cpus"] = new Scalar(-1) };
        var negative = new Quota(new Dictionary<string, Scalar>(), limits);
        var good = new RoleQuota(RoleName.Parse("ops"), Quota.Parse("", "cpus:1"));
        Assert.Equal(QuotaFault.Amount, allocator.SetQuota([good, new RoleQuota(Eng, negative)])?.Fault);
        Assert.Equal(QuotaFault.DoubleRole, allocator.SetQuota([good, good])?.Fault);
        Assert.Empty(allocator.ViewRoles());
        Assert.Null(allocator.CheckQuota([good]));
        Assert.Empty(allocator.ViewRoles());
    }

    private AllocatorFault? Add(string agent, string total) =>
        allocator.AddAgent(new AgentProfile(new AgentId(agent), ResourceSet.Parse(total)), [])?.Fault;

    private AllocatorFault? AddFramework(string id, string roles, FrameworkCapabilities capabilities)
    {
        var names = roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(RoleName.Parse);
        return allocator.AddFramework(
            new FrameworkProfile(new FrameworkId(id), [.. names]) { Capabilities = capabilities })?.Fault;
    }
}
