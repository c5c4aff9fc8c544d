using System.Collections.Immutable;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Reservations;

/// <summary>What RESERVE, UNRESERVE, CREATE and DESTROY make of resources.</summary>
public class OperationRulesTests
{
    private static readonly RoleName Eng = RoleName.Parse("eng");

    [Theory]
    [InlineData(OperationKind.Reserve, "cpus(+eng):2;mem(+eng):64", "cpus:2;mem:64", "cpus(+eng):2;mem(+eng):64")]
    [InlineData(OperationKind.Reserve, "ports(+eng):[5-6]", "ports:[5-6]", "ports(+eng):[5-6]")]
    [InlineData(OperationKind.Unreserve, "cpus(+eng,+eng/web):2", "cpus(+eng,+eng/web):2", "cpus(+eng):2")]
    [InlineData(OperationKind.Create, "disk(+eng)[id=a,path=b]:10", "disk(+eng):10", "disk(+eng)[id=a,path=b]:10")]
    [InlineData(OperationKind.Destroy, "disk(eng)[id=a,path=b]:10", "disk(eng)[id=a,path=b]:10", "disk(eng):10")]
    public void An_operation_keeps_amounts(OperationKind kind, string named, string before, string after)
    {
        Assert.Null(OperationRules.Convert(Operation(kind, named), Eng, out var conversion));
        Assert.Equal(new ResourceConversion(ResourceSet.Parse(before), ResourceSet.Parse(after)), conversion);
    }

    [Theory]
    [InlineData(OperationKind.Reserve, "", OperationFault.Empty)]
    [InlineData(OperationKind.Reserve, "cpus:2", OperationFault.NotDynamic)]
    [InlineData(OperationKind.Unreserve, "cpus(eng):2", OperationFault.NotDynamic)]
    [InlineData(OperationKind.Reserve, "cpus(+ads):2", OperationFault.OtherRole)]
    [InlineData(OperationKind.Reserve, "cpus(+eng/web):2", OperationFault.OtherRole)]
    [InlineData(OperationKind.Create,
        "disk(+eng)[id=v,path=p]<SHARED>:5;disk(+eng)[id=v,path=p]<SHARED>:5", OperationFault.NamedTwice)]
    [InlineData(OperationKind.Create,
        "disk(+eng)[id=v,path=p]:5;disk(+eng)[id=v,path=q]:6", OperationFault.NamedTwice)]
    [InlineData(OperationKind.Reserve, "ports(+eng):[1-10];ports(+eng@bob):[5-10]", OperationFault.PartsOverlap)]
    [InlineData(OperationKind.Reserve, "z(+eng):{a,b};z(+eng@bob):{b}", OperationFault.PartsOverlap)]
    [InlineData(OperationKind.Reserve, "cpus{REV}:2", OperationFault.Revocable)]
    [InlineData(OperationKind.Unreserve, "disk(+eng)[id=db,path=data]:10", OperationFault.VolumeOnIt)]
    [InlineData(OperationKind.Create, "disk(+eng):10", OperationFault.NotAVolume)]
    [InlineData(OperationKind.Destroy, "cpus(+eng):1", OperationFault.NotAVolume)]
    [InlineData(OperationKind.Create, "disk(+eng)[id=db,path=../x]:10", OperationFault.VolumeName)]
    [InlineData(OperationKind.Create, "disk(+eng)[id=db,path=/x]:10", OperationFault.VolumeName)]
    public void What_breaks_a_rule_is_refused(OperationKind kind, string named, OperationFault fault)
    {
        var refusal = OperationRules.Convert(Operation(kind, named), Eng, out var conversion);
        Assert.Equal(fault, refusal!.Fault);
        Assert.Null(conversion);
        Assert.NotEqual("", OperationFaults.Explain(refusal));
    }

    [Fact]
    public void Every_fault_has_words() => Assert.All(Enum.GetValues<OperationFault>(), static fault =>
        Assert.NotEqual("", OperationFaults.Explain(new OperationRefusal(fault, default))));

    [Fact]
    public void A_refinement_is_for_the_role_below_in_which_it_was_offered()
    {
        Assert.Null(OperationRules.Convert(
            Operation(OperationKind.Reserve, "cpus(eng,+eng/web):2"), RoleName.Parse("eng/web"), out var conversion));
        Assert.Equal(ResourceSet.Parse("cpus(eng):2"), conversion!.Before);
    }

    [Fact]
    public void An_operator_may_reserve_for_any_role() => Assert.Null(OperationRules.Convert(
        Operation(OperationKind.Reserve, "cpus(+ads):2"), null, out _));

    [Fact]
    public void The_base_is_what_the_agent_was_configured_with() => Assert.Equal(
        ResourceSet.Parse("cpus:3;disk(ads):10;mem(ads):1"),
        OperationRules.BaseOf(ResourceSet.Parse(
            "cpus(+eng,+eng/web):1;cpus:2;disk(ads,+ads/x)[id=db,path=data]:10;mem(ads):1")));

    [Fact]
    public void Operations_of_an_accept_follow_each_other_and_a_wrong_one_leaves_the_others_be()
    {
        var offered = ResourceSet.Parse("cpus:4;disk:100");
        var done = AcceptOperations.Run(offered, offered, ResourceSet.Empty, Eng,
        [
            Operation(OperationKind.Reserve, "cpus(+eng/web):1"),
            Operation(OperationKind.Reserve, "disk(+eng):50"),
            Operation(OperationKind.Reserve, "cpus(+eng):5"),
            Operation(OperationKind.Create, "disk(+eng)[id=db,path=data]:20"),
            Operation(OperationKind.Create, "disk(+eng)[id=db,path=other]:20"),
        ]);
        Assert.Equal(
            ImmutableArray.Create(
                OperationState.Error, OperationState.Finished, OperationState.Error, OperationState.Finished,
                OperationState.Error),
            done.Statuses.Select(static status => status.State));
        Assert.Equal(ResourceSet.Parse("cpus:4;disk:50;disk(+eng):30;disk(+eng)[id=db,path=data]:20"), done.Pool);
        Assert.Equal(2, done.Conversions.Length);
    }

    [Fact]
    public void An_operation_beyond_a_limit_is_refused_with_the_role_and_the_amounts_and_the_others_are_not()
    {
        var offered = ResourceSet.Parse("cpus:4");
        var breach = new LimitBreach("eng", "cpus", Scalar.Of(5), Scalar.Of(4), Scalar.Of(2));
        var done = AcceptOperations.Run(offered, offered, ResourceSet.Empty, Eng,
            [Operation(OperationKind.Reserve, "cpus(+eng):2"), Operation(OperationKind.Reserve, "cpus(+eng):1")],
            ImmutableDictionary<int, LimitBreach>.Empty.Add(0, breach));
        Assert.Equal(ResourceSet.Parse("cpus:3;cpus(+eng):1"), done.Pool);
        Assert.Equal((OperationFault.LimitExceeded, breach), (
            done.Statuses[0].Refusal!.Fault, done.Statuses[0].Refusal!.Limit));
        Assert.Equal(
            "cpus(+eng):2: role 'eng' is limited to 5 cpus; it consumes 4 and would come to consume 2 more",
            done.Statuses[0].Message);
    }

    // Of a role 'a/b/c', what is free or reserved to 'a' is offered, and what 'a/b' has.
    [Theory]
    [InlineData(null, "cpus:2", "cpus(+a/b):2", "a 2, a/b 2")]
    [InlineData(null, "cpus(+a):2", "cpus(+a,+a/b):2", "a/b 2")]
    [InlineData(null, "cpus(+a/b):2", "cpus:2", "")]
    [InlineData(null, "cpus(+a/b):2", "cpus(+a/x):1;cpus(+d):1", "a/x 1, d 1")]
    [InlineData("a/b/c", "cpus:2", "cpus(+a/b/c):2", "")]
    [InlineData("a/b/c", "cpus(+a):2", "cpus(+a,+a/b/c):2", "a/b 2, a/b/c 2")]
    [InlineData("a/b/c", "cpus(+a):2", "cpus:2", "a/b 2, a/b/c 2")]
    [InlineData("a/b/c", "cpus(+a,+a/b/c):2", "cpus(+a):2", "")]
    [InlineData("a/b/c", "cpus(+a/b/c):2", "cpus:2", "")]
    [InlineData("a", "disk(+a):2", "disk(+a)[id=v,path=p]:2", "")]
    public void What_a_role_comes_to_consume_is_counted_at_every_level(
        string? holder, string before, string after, string growth) => Assert.Equal(growth, string.Join(", ",
        RoleGrowth.Of(
                new ResourceConversion(ResourceSet.Parse(before), ResourceSet.Parse(after)),
                holder is null ? null : RoleName.Parse(holder))
            .Select(static each => $"{each.Role} {each.Amounts.Cpus + each.Amounts.Disk}")));

    private static ResourceOperation Operation(OperationKind kind, string resources) =>
        new(kind, ResourceSet.Parse(resources));
}
