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
    [InlineData("'revocable':null,'shared':null,'disk':null,'provider_id':null,'reservations':null", "cpus:1")]
    [InlineData("'revocable':{}", "cpus{REV}:1")]
    [InlineData("'role':'ads','reservations':[]", "cpus(ads):1")]
    [InlineData("'role':'ads','reservation':{'principal':'p'},'reservations':[]", "cpus(+ads@p):1")]
    [InlineData("'role':'*','reservations':[]", "cpus:1")]
    [InlineData("'role':'ads','reservations':[{'type':'STATIC','role':'ads'}]", "cpus(ads):1")]
    [InlineData(
        "'role':'a','reservation':{'principal':'p'},'reservations':[{'type':'DYNAMIC','role':'a','principal':'p'}]",
        "cpus(+a@p):1")]
    public void What_is_null_or_empty_is_as_if_it_were_not_there_and_both_forms_may_say_the_same(
        string members, string text)
    {
        var json = $$"""[{"name":"cpus","type":"SCALAR","scalar":{"value":1},{{Quoted(members)}}}]""";
        Assert.True(TryRead(json, out var set, out _));
        Assert.Equal(text, set.ToString());
    }

    [Theory]
    [InlineData("'revocable':true", "revocable must be an object")]
    [InlineData("'shared':'yes'", "shared must be an object")]
    [InlineData("'role':7", "role must be a text")]
    [InlineData("'reservation':'x'", "reservation must be an object")]
    [InlineData("'reservations':'x'", "reservations must be a list")]
    [InlineData("'reservations':[7]", "reservations[0] must be an object")]
    [InlineData("'reservations':[{'role':'a'}]", "reservations[0].type must be STATIC or DYNAMIC")]
    [InlineData("'reservations':[{'type':'STATIC','role':'a','principal':1}]",
        "reservations[0].principal must be a text")]
    [InlineData("'reservations':[{'type':'STATIC','role':'a','labels':{'labels':[{}]}}]",
        "reservations[0].labels.labels[0].key must be a text")]
    [InlineData("'role':'b','reservations':[{'type':'STATIC','role':'a'}]",
        "role must be absent, or 'a' as in the last of reservations")]
    [InlineData("'reservation':{},'reservations':[{'type':'STATIC','role':'a'}]",
        "reservation must be absent, or the same as the last of reservations")]
    [InlineData("'disk':'zz'", "disk must be an object")]
    [InlineData("'disk':{'source':[]}", "disk.source must be an object")]
    [InlineData("'disk':{'persistence':{'id':1}}", "disk.persistence.id must be a text")]
    [InlineData("'disk':{'persistence':{'id':'v'},'volume':{'mode':'RO','container_path':'p'}}",
        "disk.volume.mode must be RW: a persistent volume is written to")]
    [InlineData("'provider_id':{'value':'p1'}",
        "provider_id must be absent: resource providers are not supported")]
    public void A_member_that_cannot_be_is_refused_with_its_place_and_what_would_be_right(string members, string right)
    {
        var json = $$"""[{"name":"disk","type":"SCALAR","scalar":{"value":1},{{Quoted(members)}}}]""";
        Assert.False(TryRead(json, out var set, out var refusal));
        Assert.Equal(ResourceFault.Member, refusal!.Fault);
        Assert.EndsWith("': " + right, refusal.ToString(), StringComparison.Ordinal);
        Assert.True(set.IsEmpty);
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

    private static string Quoted(string members) => members.Replace('\'', '"');

    private static bool TryRead(string json, out ResourceSet set, out ResourceRefusal? refusal)
    {
        using var document = JsonDocument.Parse(json);
        return ResourceJsonReader.TryRead(document.RootElement, out set, out refusal);
    }
}
