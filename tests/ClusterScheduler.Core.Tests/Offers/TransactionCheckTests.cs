using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Offers;

/// <summary>What the master's book says of a transaction before and after the allocator is asked.</summary>
public sealed class TransactionCheckTests
{
    private static readonly AgentId Agent = new("a");
    private static readonly AgentSession Session = new(new MasterEpoch(1), 1);
    private readonly OfferBook book = new();

    public TransactionCheckTests() => Open(Session);

    [Fact]
    public void An_agent_that_began_another_session_meanwhile_is_a_conflict_and_one_that_left_is_unknown()
    {
        var request = Request("cpus:1");
        Assert.Null(TransactionCheck.CheckSessions(book, request));
        Open(Session with { Counter = 2 });
        var conflict = TransactionCheck.CheckSessions(book, request)!;
        Assert.Equal((TransactionFault.VersionConflict, Agent), (conflict.Fault, conflict.AgentId));
        Assert.Null(conflict.Version);

        book.Close(Agent);
        Assert.Equal(TransactionFault.UnknownAgent, TransactionCheck.CheckSessions(book, request)!.Fault);
    }

    [Fact]
    public void What_undecided_transactions_ask_for_and_what_operations_took_cannot_be_asked_for()
    {
        Assert.Null(Check("cpus:4"));
        Assert.Equal(TransactionFault.NotFree, Check("cpus:4", pending: "cpus:1")!.Fault);
        Assert.Null(Check("cpus:3", pending: "cpus:1"));

        book.SetTotal(Agent, ResourceSet.Parse("cpus(+eng):3;cpus:1"));
        var taken = Check("cpus:2")!;
        Assert.Equal((TransactionFault.NotFree, Scalar.Of(2)), (taken.Fault, taken.Asked.Cpus));
    }

    [Fact]
    public void What_the_agent_lends_out_can_be_asked_for()
    {
        Assert.Equal(TransactionFault.NotFree, Check("cpus{REV}:2")!.Fault);
        book.Find(Agent)!.TryLend(ResourceSet.Parse("cpus{REV}:2"), 1);
        Assert.Null(Check("cpus{REV}:2"));
        Assert.Equal(TransactionFault.NotFree, Check("cpus{REV}:2", pending: "cpus{REV}:1")!.Fault);
    }

    [Fact]
    public void A_shared_volume_can_be_asked_for_while_it_is_used_and_there_is_one()
    {
        const string volume = "disk(eng)[id=v,path=p]<SHARED>:5";
        Assert.Equal(TransactionFault.NotFree, Check($"cpus:1;{volume}")!.Fault);
        book.SetTotal(Agent, ResourceSet.Parse($"cpus:4;{volume}"));
        Assert.Null(Check($"cpus:1;{volume}", pending: volume));
    }

    [Fact]
    public void A_grant_is_in_the_book_and_under_its_accept_id_until_it_is_confirmed()
    {
        var outcome = TransactionCheck.Grant(book, Request("cpus:3"), DateTimeOffset.UnixEpoch);
        Assert.Equal(ResourceSet.Parse("cpus:3"), book.Find(Agent)!.Used);
        var ledger = book.Find(new FrameworkId("f"))!;
        Assert.Same(outcome.Answer, ledger.AnswerTo(1));
        Assert.Equal(TransactionFault.TaskInvalid, Check("cpus:1")!.Fault);
        ledger.Confirm(1);
        Assert.Null(ledger.AnswerTo(1));
    }

    private TransactionRefusal? Check(string resources, string pending = "") =>
        TransactionCheck.Check(book, Request(resources))
            ?? TransactionCheck.CheckFree(book, Request(resources), _ => ResourceSet.Parse(pending));

    private void Open(AgentSession session)
    {
        book.OpenSession(Agent, new AgentInfo("host", ResourceSet.Parse("cpus:4"), []), session);
        book.Report(book.Find(Agent)!, []);
    }

    private static TransactionRequest Request(string resources) => new(new FrameworkId("f"), 1, "*",
        [
            new AgentPlacement(Agent, new AgentVersion(Session, 1),
                ImmutableArray.Create(new TaskInfo(
                    new TaskId("t"), "t", ResourceSet.Parse(resources), TaskPlan.OfShell("true")))),
        ]);
}
