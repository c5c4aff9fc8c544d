using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Offers;

/// <summary>What an agent lends beside what tasks use and offers have of it.</summary>
public sealed class LentTests
{
    private const string Lent = "cpus{REV}:2;mem{REV}:64;ports{REV}:[1-9]";
    private static readonly FrameworkId F = new("f");

    [Theory]
    [InlineData("", "", "cpus{REV}:2;mem{REV}:64;ports{REV}:[1-9]", true)]
    [InlineData("", "", "cpus:100", true)]
    [InlineData("", "", "cpus{REV}:2.001", false)]
    [InlineData("", "", "disk{REV}:1", false)]
    [InlineData("cpus{REV}:1", "cpus{REV}:0.5", "cpus{REV}:0.5", true)]
    [InlineData("cpus{REV}:1", "cpus{REV}:0.5", "cpus{REV}:0.501", false)]
    [InlineData("cpus{REV}:3", "", "cpus{REV}:0.001", false)]
    [InlineData("cpus{REV}:3", "", "mem{REV}:64", true)]
    [InlineData("ports{REV}:[5-12]", "", "ports{REV}:[1-4]", true)]
    [InlineData("ports{REV}:[5-12]", "", "ports{REV}:[1-5]", false)]
    [InlineData("cpus:2;mem:64", "cpus:2;mem:64", "cpus{REV}:2", true)]
    public void It_lends_what_nobody_has(string used, string offered, string asked, bool lends)
    {
        var book = new OfferBook();
        book.OpenSession(new("a"), new AgentInfo("host", default, []), new(new MasterEpoch(1), 1));
        var agent = book.Find(new AgentId("a"))!;
        book.Report(agent, []);
        Assert.True(agent.TryLend(ResourceSet.Parse(Lent), 1));
        book.Put(agent, new TaskAllocation(F, new TaskId("t"), "*", ResourceSet.Parse(used),
            agent.Session, DateTimeOffset.UnixEpoch, Confirmed: true));
        book.Open(new OfferId("o"), F, agent, "*", ResourceSet.Parse(offered), DateTimeOffset.UnixEpoch);
        Assert.Equal(lends, book.Lends(agent, ResourceSet.Parse(asked)));
    }
}
