using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

public sealed class ResourceSetTests
{
    [Theory]
    [InlineData("cpus:8;mem(ads):4096;ports:[31000-32000];zones:{a,b}")]
    [InlineData("cpus:0.5;cpus(ads):1;cpus{REV}:2;mem:32")]
    [InlineData("disk(ads)[id=v1,by=alice,path=data]<SHARED>:10")]
    [InlineData("disk(ads)[id=v1,path=data]<SHARED>:10;disk(ads)[id=v1,path=data]<SHARED>:10")]
    [InlineData("cpus(ads,+ads/web@alice{team=x,zone}):4")]
    [InlineData("disk[source=MOUNT,root=/mnt/d1]:100;disk[source=MOUNT,root=/mnt/d1]:200")]
    [InlineData("cpus(ads,+ads/web@a%3Ab):1")]
    [InlineData("cpus(+a%28%2B%29%7B%3B%7D%25@b%40{c%3D=d%2C}):1")]
    [InlineData("")]
    public void What_is_printed_is_read_back(string text)
    {
        var set = ResourceSet.Parse(text);
        Assert.Equal(text, set.ToString());
        Assert.Equal(set, ResourceSet.Parse(set.ToString()));
    }

    [Theory]
    [InlineData("ports: [5-6, 1-2 ,3-3] ; cpus : 1", "cpus:1;ports:[1-3,5-6]")]
    [InlineData("cpus:1;cpus:2", "cpus:3")]
    [InlineData("cpus(*):1", "cpus:1")]
    [InlineData("cpus:0;mem:0", "")]
    [InlineData("zones:{b,a,b}", "zones:{a,b}")]
    [InlineData("licence:3;cpus:1", "cpus:1;licence:3")]
    public void Text_is_read_leniently_and_printed_in_one_order(string text, string canonical) =>
        Assert.Equal(canonical, ResourceSet.Parse(text).ToString());

    [Theory]
    [InlineData("cpus", ResourceFault.Shape)]
    [InlineData("cpus:", ResourceFault.Shape)]
    [InlineData("cpus(+eng)(+eng/web):1", ResourceFault.Shape)]
    [InlineData("cpus(+a{b=c}d):1", ResourceFault.Shape)]
    [InlineData("cpus(+a;b):1", ResourceFault.Shape)]
    [InlineData("cpus(++a):1", ResourceFault.Shape)]
    [InlineData("cpus(+a@):1", ResourceFault.Shape)]
    [InlineData("cpus(+a@b@c):1", ResourceFault.Shape)]
    [InlineData("cpus(+a@b(c):1", ResourceFault.Shape)]
    [InlineData("cpus(+a{b={c}}):1", ResourceFault.Shape)]
    [InlineData(":1", ResourceFault.Name)]
    [InlineData("c pus:1", ResourceFault.Name)]
    [InlineData("cpus:-1", ResourceFault.Amount)]
    [InlineData("cpus:NaN", ResourceFault.Amount)]
    [InlineData("cpus(+eng):0.0004", ResourceFault.Amount)]
    [InlineData("cpus:[1-2]", ResourceFault.Kind)]
    [InlineData("ports:3", ResourceFault.Kind)]
    [InlineData("ports:[2-1]", ResourceFault.Range)]
    [InlineData("ports:[1]", ResourceFault.Range)]
    [InlineData("ports:[1-2", ResourceFault.Range)]
    [InlineData("gpus:0.5", ResourceFault.FractionalGpus)]
    [InlineData("cpus(a//b):1", ResourceFault.RoleName)]
    [InlineData("cpus(ads,+web):1", ResourceFault.ReservationLayer)]
    [InlineData("cpus(ads,ads/web):1", ResourceFault.ReservationLayer)]
    [InlineData("cpus(ads)[id=a,path=b]:1", ResourceFault.DiskDetail)]
    [InlineData("disk[id=a,path=b]:1", ResourceFault.DiskDetail)]
    [InlineData("disk(ads)[id=a]:1", ResourceFault.DiskDetail)]
    [InlineData("disk(ads)<SHARED>:1", ResourceFault.SharedNoVolume)]
    public void A_wrong_item_is_refused_with_its_rule(string text, ResourceFault fault)
    {
        Assert.False(ResourceSet.TryParse("mem:1;" + text, out var set, out var refusal));
        Assert.Equal(fault, refusal.Fault);
        Assert.True(set.IsEmpty);
    }

    [Theory]
    [InlineData("cpus:3;mem:10", "cpus:1;mem:10", "cpus:2")]
    [InlineData("cpus:3;ports:[1-10]", "ports:[4-5]", "cpus:3;ports:[1-3,6-10]")]
    [InlineData("cpus(a):3;cpus:1", "cpus(a):3", "cpus:1")]
    [InlineData("disk(a)[id=v,path=p]:5;disk(a):5", "disk(a)[id=v,path=p]:5", "disk(a):5")]
    [InlineData(
        "disk(a)[id=v,path=p]<SHARED>:5;disk(a)[id=v,path=p]<SHARED>:5",
        "disk(a)[id=v,path=p]<SHARED>:5",
        "disk(a)[id=v,path=p]<SHARED>:5")]
    public void Contained_resources_can_be_taken_away(string from, string taken, string remains)
    {
        Assert.True(ResourceSet.Parse(from).TrySubtract(ResourceSet.Parse(taken), out var rest));
        Assert.Equal(ResourceSet.Parse(remains), rest);
        Assert.Equal(ResourceSet.Parse(from), rest + ResourceSet.Parse(taken));
    }

    [Theory]
    [InlineData("cpus:3", "cpus:3.001")]
    [InlineData("cpus:3", "cpus(a):1")]
    [InlineData("cpus(+a@x):3", "cpus(+a@y):1")]
    [InlineData("cpus(+a{k=1}):3", "cpus(+a{k=2}):1")]
    [InlineData("ports:[1-10]", "ports:[10-11]")]
    [InlineData("disk(a)[id=v,path=p]:5", "disk(a)[id=v,path=p]:4")]
    [InlineData("cpus:1", "cpus{REV}:1")]
    [InlineData("zones:{a}", "zones:{a,b}")]
    public void What_is_not_contained_cannot_be_taken_away(string from, string taken)
    {
        var set = ResourceSet.Parse(from);
        Assert.False(set.Contains(ResourceSet.Parse(taken)));
        Assert.False(set.TrySubtract(ResourceSet.Parse(taken), out var rest));
        Assert.Equal(set, rest);
    }

    [Fact]
    public void Sums_by_name_go_over_reservations_and_volumes()
    {
        var set = ResourceSet.Parse(
            "cpus:1;cpus(a):2;cpus{REV}:3;mem:5;disk(a)[id=v,path=p]:7;ports(a):[1-2];ports:[4-5];x(a):2;x:1");
        Assert.Equal(Scalar.Of(6), set.Cpus);
        Assert.Equal(Scalar.Of(5), set.Mem);
        Assert.Equal(Scalar.Of(7), set.Disk);
        Assert.Equal(Scalar.Of(3), set.Get("x"));
        Assert.Equal(4, set.Ports.Count);
    }

    [Fact]
    public void Plain_arithmetic_allocates_nothing()
    {
        var left = ResourceSet.Parse("cpus:8;mem:4096;disk:10");
        var right = ResourceSet.Parse("cpus:1;mem:96");
        _ = Compute(left, right);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Compute(left, right);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(right, result);
    }

    private static ResourceSet Compute(in ResourceSet left, in ResourceSet right)
    {
        var sum = left + right;
        return sum.Contains(left) && sum.TrySubtract(left, out var rest) ? rest.Intersect(sum) : left;
    }
}
