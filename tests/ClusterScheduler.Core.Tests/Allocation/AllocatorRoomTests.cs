using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Room for operations: what makes no sense has a reason of its own and changes nothing.</summary>
public sealed class AllocatorRoomTests
{
    private static readonly RoleName Eng = RoleName.Parse("eng");

    private readonly Allocator allocator = new(new AllocatorSettings { CustomScalarsMax = 1 });

    public AllocatorRoomTests()
    {
        Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId("a"), ResourceSet.Parse("cpus:8")), []));
        Assert.Null(allocator.SetQuota([new RoleQuota(Eng, Quota.Parse("", "cpus:4"))], force: true));
    }

    [Fact]
    public void What_is_released_must_be_held()
    {
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("cpus:1"))?.Fault);
        Assert.Null(allocator.HoldRoom(Growth("cpus:3")));
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("cpus:4"))?.Fault);
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("cpus:2", "cpus:2"))?.Fault);
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("cpus:1;x:1"))?.Fault);
        Assert.Equal("cpus:3", Consumed());

        Assert.Null(allocator.ReleaseRoom(Growth("cpus:1", "cpus:1")));
        Assert.Equal("cpus:1", Consumed());
        Assert.Null(allocator.ReleaseRoom(Growth("cpus:1")));
        Assert.Equal("", Consumed());
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("cpus:1"))?.Fault);
    }

    [Fact]
    public void Parts_for_one_role_are_held_against_its_limit_together()
    {
        var refusal = allocator.HoldRoom(Growth("cpus:3", "cpus:2"));
        Assert.Equal(AllocatorFault.QuotaExceeded, refusal?.Fault);
        Assert.Equal(new LimitBreach("eng", "cpus", Scalar.Of(4), Scalar.Zero, Scalar.Of(5)), refusal?.Breach);
        Assert.Equal("", Consumed());
    }

    [Fact]
    public void Amounts_that_cannot_be_are_neither_held_nor_released()
    {
        var negative = Of(-1);
        Assert.Equal(AllocatorFault.NegativeAmount, allocator.HoldRoom([negative])?.Fault);
        Assert.Equal(AllocatorFault.NegativeAmount, allocator.ReleaseRoom([negative])?.Fault);
        Assert.Equal(AllocatorFault.TotalTooLarge, allocator.HoldRoom([Of(long.MaxValue), Of(long.MaxValue)])?.Fault);
        Assert.Equal(AllocatorFault.TotalTooLarge, allocator.ReleaseRoom([Of(long.MaxValue), Of(1)])?.Fault);
        Assert.Null(allocator.HoldRoom([Of(1L << 58)]));
        Assert.Equal(AllocatorFault.TotalTooLarge, allocator.HoldRoom([Of(1)])?.Fault);
        Assert.Null(allocator.ReleaseRoom([Of(1L << 58)]));
        Assert.Equal("", Consumed());
    }

    [Fact]
    public void Names_are_bounded_and_what_is_refused_uses_none_up()
    {
        Assert.Equal(AllocatorFault.TooManyResourceNames, allocator.HoldRoom(Growth("x:1", "y:1"))?.Fault);
        Assert.Equal(AllocatorFault.RoomNotHeld, allocator.ReleaseRoom(Growth("z:1"))?.Fault);
        Assert.Null(allocator.HoldRoom(Growth("x:1")));
        Assert.Equal("x:1", Consumed());
    }

    private static RoleGrowth[] Growth(params string[] amounts) =>
        [.. amounts.Select(static text => new RoleGrowth(Eng, ResourceSet.Parse(text)))];

    // Of mem, which has no limit.
    private static RoleGrowth Of(long thousandths) => new(Eng, ResourceSet.Of(Scalar.Zero, new Scalar(thousandths)));

    private string Consumed() => allocator.ViewRole(Eng)!.Consumed.ToString();
}
