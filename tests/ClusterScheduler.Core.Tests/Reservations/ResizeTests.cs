using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Reservations;

/// <summary>GROW_VOLUME, SHRINK_VOLUME, and RESERVE of what is reserved already.</summary>
public class ResizeTests
{
    private const string Volume = "disk(+eng)[id=db,path=data]:10";

    [Theory]
    [InlineData(OperationKind.GrowVolume, Volume, "disk(+eng):5", Volume + ";disk(+eng):5",
        "disk(+eng)[id=db,path=data]:15")]
    [InlineData(OperationKind.ShrinkVolume, Volume, "disk(+eng):4", Volume,
        "disk(+eng)[id=db,path=data]:6;disk(+eng):4")]
    [InlineData(OperationKind.GrowVolume, "disk(eng)[source=PATH,root=/d,id=v,path=p]:10",
        "disk(eng)[source=PATH,root=/d]:1",
        "disk(eng)[source=PATH,root=/d,id=v,path=p]:10;disk(eng)[source=PATH,root=/d]:1",
        "disk(eng)[source=PATH,root=/d,id=v,path=p]:11")]
    public void A_volume_changes_its_size_and_nothing_else(
        OperationKind kind, string volume, string change, string before, string after)
    {
        Assert.Null(OperationRules.Convert(Operation(kind, volume, change), null, out var conversion));
        Assert.Equal(new ResourceConversion(ResourceSet.Parse(before), ResourceSet.Parse(after)), conversion);
    }

    [Theory]
    [InlineData(OperationKind.GrowVolume, "disk(+eng):10", "disk(+eng):5", OperationFault.NotAVolume)]
    [InlineData(OperationKind.GrowVolume, Volume, "", OperationFault.WrongChange)]
    [InlineData(OperationKind.GrowVolume, Volume, "disk:5", OperationFault.WrongChange)]
    [InlineData(OperationKind.GrowVolume, Volume, "disk(+eng@ann):5", OperationFault.WrongChange)]
    [InlineData(OperationKind.GrowVolume, Volume, "disk(+eng):5;cpus:1", OperationFault.WrongChange)]
    [InlineData(OperationKind.GrowVolume, Volume + ";disk(+eng)[id=b,path=b]:1", "disk(+eng):5",
        OperationFault.WrongChange)]
    [InlineData(OperationKind.ShrinkVolume, Volume, "disk(+eng):10", OperationFault.WrongChange)]
    [InlineData(OperationKind.ShrinkVolume, Volume, "disk(+eng):11", OperationFault.WrongChange)]
    [InlineData(OperationKind.ShrinkVolume, Volume, "disk:1", OperationFault.WrongChange)]
    [InlineData(OperationKind.GrowVolume, "disk(+eng)[id=db,path=data]<SHARED>:10", "disk(+eng):5",
        OperationFault.FixedSize)]
    [InlineData(OperationKind.ShrinkVolume, "disk(eng)[source=MOUNT,root=/m,id=v,path=p]:10",
        "disk(eng)[source=MOUNT,root=/m]:5", OperationFault.FixedSize)]
    public void What_cannot_be_resized_so_is_refused(
        OperationKind kind, string volume, string change, OperationFault fault)
    {
        var refusal = OperationRules.Convert(Operation(kind, volume, change), null, out var conversion);
        Assert.Equal(fault, refusal!.Fault);
        Assert.Null(conversion);
    }

    [Fact]
    public void Disk_beside_a_volume_has_its_reservation_and_source()
    {
        var volume = ResourceSet.Parse("disk(eng,+eng/web@ann{k=1})[source=PATH,root=/d,id=v,path=p]:10");
        Assert.Equal(
            ResourceSet.Parse("disk(eng,+eng/web@ann{k=1})[source=PATH,root=/d]:3"),
            OperationRules.DiskBeside(volume, Scalar.Of(3)));
        Assert.True(OperationRules.DiskBeside(ResourceSet.Parse("disk:1"), Scalar.Of(3)).IsEmpty);
    }

    [Theory]
    [InlineData("cpus(+ads):2", "cpus(+eng):2", null)]
    [InlineData("cpus(+ads):1;cpus:1", "cpus(+eng):2", null)]
    [InlineData("cpus(eng,+eng/web):2", "cpus(eng,+eng/db):2", null)]
    [InlineData("cpus(+eng@ann):2", "cpus(+eng@bob{team=x}):2", null)]
    [InlineData("cpus(+ads):1", "cpus(+eng):2", OperationFault.SourceDiffers)]
    [InlineData("cpus(ads):2", "cpus(+eng):2", OperationFault.SourceDiffers)]
    [InlineData("mem(+ads):2", "cpus(+eng):2", OperationFault.SourceDiffers)]
    [InlineData("ports(+ads):[1-9]", "ports(+eng):[1-9];ports(+eng@ann):[9-9]", OperationFault.PartsOverlap)]
    [InlineData("ports(+ads):[1-9]", "ports(+eng):[1-8];ports(+eng@ann):[9-9]", null)]
    [InlineData("cpus(+ads):2", "cpus:2", OperationFault.NotDynamic)]
    [InlineData("cpus{REV}:2", "cpus(+eng):2", OperationFault.Revocable)]
    [InlineData("disk(+ads)[id=v,path=p]:2", "disk(+eng):2", OperationFault.VolumeOnIt)]
    public void What_is_reserved_is_reserved_anew_in_one_step(string source, string named, OperationFault? fault)
    {
        var operation = new ResourceOperation(OperationKind.Reserve, ResourceSet.Parse(named))
        {
            Source = ResourceSet.Parse(source),
        };
        Assert.Equal(fault, OperationRules.Convert(operation, null, out var conversion)?.Fault);
        Assert.Equal(
            fault is null ? new ResourceConversion(ResourceSet.Parse(source), ResourceSet.Parse(named)) : null,
            conversion);
    }

    [Fact]
    public void A_framework_reserves_anew_for_the_role_of_its_offer_only()
    {
        var operation = new ResourceOperation(OperationKind.Reserve, ResourceSet.Parse("cpus(+eng/web):2"))
        {
            Source = ResourceSet.Parse("cpus(+eng):2"),
        };
        Assert.Null(OperationRules.Convert(operation, RoleName.Parse("eng/web"), out _));
        Assert.Equal(
            OperationFault.OtherRole, OperationRules.Convert(operation, RoleName.Parse("eng"), out _)!.Fault);
    }

    private static ResourceOperation Operation(OperationKind kind, string volume, string change) =>
        new(kind, ResourceSet.Parse(volume)) { Change = ResourceSet.Parse(change) };
}
