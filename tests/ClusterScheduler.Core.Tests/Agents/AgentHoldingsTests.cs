using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Agents;

/// <summary>What an agent takes, by its own ledger.</summary>
public class AgentHoldingsTests
{
    private const string Volume = "disk(+eng)[id=v,path=p]<SHARED>:80";
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentSession Session = new(new MasterEpoch(1), 1);
    private readonly AgentHoldings holdings = new(ResourceSet.Parse("cpus:3;disk:100"), 10);

    public AgentHoldingsTests() => holdings.TryAdopt(Session);

    [Fact]
    public void Tasks_that_share_a_volume_take_its_disk_once()
    {
        Take("one", $"cpus:1;{Volume}");
        Take("two", $"cpus:1;{Volume}");
        Assert.Equal(ResourceSet.Parse("cpus:2;disk:80"), holdings.Used);
        Assert.IsType<LaunchVerdict.DoesNotFit>(Judge("three", "cpus:1;disk:30"));
        Take("three", "cpus:1;disk:20");

        holdings.Free(Framework, new TaskId("one"));
        Assert.Equal(ResourceSet.Parse("cpus:2;disk:100"), holdings.Used);
        holdings.Free(Framework, new TaskId("two"));
        Assert.Equal(ResourceSet.Parse("cpus:1;disk:20"), holdings.Used);
        holdings.Forget(Framework, new TaskId("three"));
        Assert.True(holdings.Used.IsEmpty);
    }

    [Fact]
    public void Two_shared_volumes_take_the_disk_of_both()
    {
        Take("one", $"cpus:1;{Volume}");
        Assert.IsType<LaunchVerdict.DoesNotFit>(Judge("two", "cpus:1;disk(+eng)[id=w,path=p]<SHARED>:30"));
        Take("two", "cpus:1;disk(+eng)[id=w,path=p]<SHARED>:20");
        Assert.Equal(ResourceSet.Parse("cpus:2;disk:100"), holdings.Used);
    }

    [Fact]
    public void A_task_names_a_shared_volume_once() =>
        Assert.IsType<LaunchVerdict.Invalid>(Judge("one", $"cpus:1;{Volume};{Volume}"));

    private void Take(string task, string resources)
    {
        Assert.IsType<LaunchVerdict.Fits>(Judge(task, resources));
        holdings.Hold(Framework, new TaskId(task), ResourceSet.Parse(resources));
    }

    private LaunchVerdict Judge(string task, string resources) => holdings.Judge(Framework,
        new TaskInfo(new TaskId(task), task, ResourceSet.Parse(resources), TaskPlan.OfShell("true")), Session);
}
