using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Offers;

/// <summary>A volume that many offers and tasks hold at once: used, and destroyed.</summary>
public sealed class SharedVolumeTests
{
    private const string Volume = "disk(eng)[id=v,path=p]<SHARED>:50";
    private static readonly AgentId Agent = new("a");
    private static readonly FrameworkId F = new("f");
    private static readonly FrameworkId G = new("g");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private readonly OfferBook book = new();
    private readonly AgentLedger agent;
    private long last;

    public SharedVolumeTests()
    {
        book.OpenSession(
            Agent, new AgentInfo("host", ResourceSet.Parse($"cpus:4;{Volume}"), []), new(new MasterEpoch(1), 1));
        agent = book.Find(Agent)!;
        book.Report(agent, []);
    }

    [Fact]
    public void Tasks_of_one_accept_share_it_and_it_goes_back_when_none_does()
    {
        var shared = Accept(F, [Offer(F, $"cpus:3;{Volume}")], [], $"cpus:1;{Volume}", $"cpus:1;{Volume}", "cpus:1");
        Assert.All(shared.Answer.Verdicts, static verdict => Assert.True(verdict.Granted, verdict.Message));
        Assert.Empty(shared.Left);
        Assert.Equal(ResourceSet.Parse($"cpus:3;{Volume};{Volume}"), agent.Used);

        var alone = Accept(F, [Offer(F, $"cpus:1;{Volume}")], [], "cpus:1");
        Assert.Equal(ResourceSet.Parse(Volume), Assert.Single(alone.Left).Resources);
    }

    [Fact]
    public void It_is_not_destroyed_while_a_task_uses_it_or_is_about_to()
    {
        Accept(F, [Offer(F, $"cpus:1;{Volume}")], [], $"cpus:1;{Volume}");
        var task = Assert.Single(agent.Tasks).TaskId;
        Assert.Contains("used by tasks", Destroy(G).Answer.Operations[0].Message, StringComparison.Ordinal);
        Assert.Null(Destroy(G).Conversions);
        book.Release(Agent, F, task);

        var claimed = AcceptCheck.Accept(book, Request(G, [Offer(G, Volume)], [OperationKind.Destroy]),
            static _ => ResourceSet.Parse(Volume), Now)!;
        Assert.Equal(OperationState.Error, claimed.Answer.Operations[0].State);
    }

    [Fact]
    public void Its_end_ends_other_offers_of_it_and_it_ends_once()
    {
        var (other, without) = (Offer(F, $"cpus:1;{Volume}"), Offer(F, "cpus:1"));
        var both = new[] { Offer(G, $"cpus:1;{Volume}"), Offer(G, Volume) };
        var done = Accept(G, both, [OperationKind.Destroy, OperationKind.Destroy], $"cpus:1;{Volume}");
        Assert.Equal(
            [OperationState.Finished, OperationState.Error],
            done.Answer.Operations.Select(static status => status.State));
        Assert.False(Assert.Single(done.Answer.Verdicts).Granted);
        Assert.Equal(other, Assert.Single(done.Rescinded).Offer.Id);
        Assert.NotNull(book.Find(without));
        Assert.Equal(ResourceSet.Parse("cpus:4;disk(eng):50"), agent.Total);
    }

    [Fact]
    public void An_offer_of_what_was_destroyed_before_destroys_nothing_and_launches_nothing_on_it()
    {
        Destroy(G);
        var late = Accept(F, [Offer(F, $"cpus:1;{Volume}")], [OperationKind.Destroy], $"cpus:1;{Volume}");
        Assert.Equal(OperationState.Error, Assert.Single(late.Answer.Operations).State);
        Assert.False(Assert.Single(late.Answer.Verdicts).Granted);
    }

    [Fact]
    public void Nothing_is_launched_on_what_is_reserved_below_the_role_of_the_offer()
    {
        var below = Accept(F, [Offer(F, "cpus(+eng/web):1")], [], "cpus(+eng/web):1");
        Assert.Contains(
            "reserved to others", Assert.Single(below.Answer.Verdicts).Message, StringComparison.Ordinal);
    }

    private AcceptOutcome Destroy(FrameworkId framework) =>
        Accept(framework, [Offer(framework, Volume)], [OperationKind.Destroy]);

    private OfferId Offer(FrameworkId framework, string resources)
    {
        var id = new OfferId($"o{++last}");
        book.Open(id, framework, agent, "eng", ResourceSet.Parse(resources), Now);
        return id;
    }

    private AcceptOutcome Accept(
        FrameworkId framework, OfferId[] offers, OperationKind[] operations, params string[] tasks) =>
        AcceptCheck.Accept(
            book, Request(framework, offers, operations, tasks), static _ => ResourceSet.Empty, Now)!;

    private AcceptRequest Request(
        FrameworkId framework, OfferId[] offers, OperationKind[] operations, params string[] tasks)
    {
        var id = ++last;
        return new AcceptRequest(framework, id, [.. offers], [.. tasks.Select((resources, index) => new TaskInfo(
            new TaskId($"t{id}-{index}"), "t", ResourceSet.Parse(resources), TaskPlan.OfShell("true")))], null)
        {
            Operations =
            [
                .. operations.Select(static kind => new ResourceOperation(kind, ResourceSet.Parse(Volume))),
            ],
        };
    }
}
