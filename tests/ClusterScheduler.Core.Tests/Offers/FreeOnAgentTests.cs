using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Offers;

/// <summary>What an agent has, and lends, beside what tasks use and offers have of it.</summary>
public sealed class FreeOnAgentTests
{
    private const string Volume = "disk(eng)[id=v,path=p]<SHARED>:50";
    private const string Total = $"cpus:4;cpus(+eng):2;mem:64;{Volume}";
    private const string Lent = "cpus{REV}:2;mem{REV}:64;ports{REV}:[1-9]";
    private static readonly FrameworkId F = new("f");

    [Theory]
    [InlineData("", "", "cpus{REV}:2;mem{REV}:64;ports{REV}:[1-9]", true)]
    [InlineData("", "", $"cpus:4;cpus(+eng):2;mem:64;cpus{{REV}}:2;{Volume}", true)]
    [InlineData("", "", "cpus:4.001", false)]
    [InlineData("", "", "cpus(+eng):2.001", false)]
    [InlineData("cpus:1", "cpus:1", "cpus:2", true)]
    [InlineData("cpus:1", "cpus:1", "cpus:2.001", false)]
    [InlineData("cpus:6", "", "cpus:0.001", false)]
    [InlineData("cpus:6", "", "cpus(+eng):2;mem:64", true)]
    [InlineData(Volume, Volume, $"cpus:4;{Volume}", true)]
    [InlineData("", "", "disk(eng)[id=w,path=p]<SHARED>:50", false)]
    [InlineData("", "", "cpus{REV}:2.001", false)]
    [InlineData("", "", "disk{REV}:1", false)]
    [InlineData("cpus{REV}:1", "cpus{REV}:0.5", "cpus{REV}:0.5", true)]
    [InlineData("cpus{REV}:1", "cpus{REV}:0.5", "cpus{REV}:0.501", false)]
    [InlineData("cpus{REV}:3", "", "cpus{REV}:0.001", false)]
    [InlineData("cpus{REV}:3", "", "mem{REV}:64", true)]
    [InlineData("ports{REV}:[5-12]", "", "ports{REV}:[1-4]", true)]
    [InlineData("ports{REV}:[5-12]", "", "ports{REV}:[1-5]", false)]
    [InlineData("cpus:2;mem:64", "cpus:2;mem:64", "cpus{REV}:2", true)]
    public void It_has_what_nobody_uses_and_nobody_is_offered(string used, string offered, string asked, bool has)
    {
        var book = new OfferBook();
        book.OpenSession(new("a"), new AgentInfo("host", ResourceSet.Parse(Total), []), new(new MasterEpoch(1), 1));
        var agent = book.Find(new AgentId("a"))!;
        book.Report(agent, []);
        Assert.True(agent.TryLend(ResourceSet.Parse(Lent), 1));
        book.Put(agent, new TaskAllocation(F, new TaskId("t"), "*", ResourceSet.Parse(used),
            agent.Session, DateTimeOffset.UnixEpoch, Confirmed: true));
        book.Open(new OfferId("o"), F, agent, "*", ResourceSet.Parse(offered), DateTimeOffset.UnixEpoch);
        Assert.Equal(has, book.HasFree(agent, ResourceSet.Parse(asked)));
    }
}
