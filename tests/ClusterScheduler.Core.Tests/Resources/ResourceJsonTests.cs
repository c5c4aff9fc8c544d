using System.Text.Json;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Resources;

public sealed class ResourceJsonTests
{
    [Theory]
    [InlineData("cpus:8;mem(ads):4096;ports:[31000-32000];zones:{a,b}")]
    [InlineData("cpus:0.5;cpus{REV}:2")]
    [InlineData("disk(ads,+ads/web@alice{team=x,zone})[id=v1,by=bob,path=data]<SHARED>:10")]
    [InlineData("disk[source=MOUNT,root=/mnt/d1,profile=fast]:100")]
    [InlineData("")]
    public void What_is_written_is_read_back(string text)
    {
        var set = ResourceSet.Parse(text);
        Assert.True(TryRead(ResourceJson.ToText(set), out var read, out _));
        Assert.Equal(set, read);
    }

    [Fact]
    public void A_scalar_looks_as_Mesos_writes_it() => Assert.Equal(
        """[{"name":"cpus","type":"SCALAR","scalar":{"value":0.5}}]""",
        ResourceJson.ToText(ResourceSet.Parse("cpus:0.5")));

    [Theory]
    [InlineData("""{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"ads"}""", "cpus(ads):1")]
    [InlineData("""{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"*"}""", "cpus:1")]
    [InlineData(
        """{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"ads","reservation":{"principal":"p"}}""",
        "cpus(+ads@p):1")]
    [InlineData("""{"name":"cpus","type":"SCALAR","scalar":{"value":1},"allocation_info":{"role":"x"}}""", "cpus:1")]
    public void The_old_form_of_reservations_is_read_and_unknown_members_are_passed_over(string item, string text)
    {
        Assert.True(TryRead($"[{item}]", out var set, out _));
        Assert.Equal(text, set.ToString());
    }

    [Theory]
    [InlineData("{}", ResourceFault.Size)]
    [InlineData("[{}]", ResourceFault.Shape)]
    [InlineData("""[{"name":"cpus","type":"7"}]""", ResourceFault.Shape)]
    [InlineData("""[{"name":"cpus","type":"SCALAR"}]""", ResourceFault.Amount)]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":-1}}]""", ResourceFault.Amount)]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1e300}}]""", ResourceFault.Amount)]
    [InlineData("""[{"name":"gpus","type":"SCALAR","scalar":{"value":0.5}}]""", ResourceFault.FractionalGpus)]
    [InlineData("""[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":2,"end":1}]}}]""", ResourceFault.Range)]
    [InlineData("""[{"name":"cpus","type":"SET","set":{"item":["a"]}}]""", ResourceFault.Kind)]
    [InlineData("""[{"name":"x","type":"SET","set":{"item":[1]}}]""", ResourceFault.Shape)]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},"role":"a//b"}]""", ResourceFault.RoleName)]
    [InlineData(
        """[{"name":"disk","type":"SCALAR","scalar":{"value":1},"disk":{"persistence":{"id":"v"}}}]""",
        ResourceFault.DiskDetail)]
    public void A_wrong_item_is_refused_with_its_rule(string json, ResourceFault fault)
    {
        Assert.False(TryRead(json, out var set, out var refusal));
        Assert.Equal(fault, refusal!.Fault);
        Assert.True(set.IsEmpty);
    }

    private static bool TryRead(string json, out ResourceSet set, out ResourceRefusal? refusal)
    {
        using var document = JsonDocument.Parse(json);
        return ResourceJsonReader.TryRead(document.RootElement, out set, out refusal);
    }
}
