using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Core.Tests.Registry;

/// <summary>News of agents on their way: from the master to frameworks, and from there to tasks.</summary>
public class AgentNewsTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Agent = new("a");
    private static readonly FrameworkId F = new("f");
    private static readonly FrameworkId G = new("g");
    private static readonly AgentNews Lost = new(Agent, AgentTurn.Lost, Session(5));
    private static readonly AgentNews Back = new(Agent, AgentTurn.Returned, Session(6));

    [Fact]
    public void News_are_said_again_until_each_framework_has_noted_them()
    {
        var book = new AgentNewsBook();
        book.Announce(Lost, Since, [F, G]);
        Assert.Equal([(F, Lost), (G, Lost)], book.Next(10));
        book.Noted(F, Lost);
        Assert.Equal([(G, Lost)], book.Next(10));
        Assert.Empty(book.TakeDone());
        book.Noted(G, Lost);
        Assert.Empty(book.Next(10));
        Assert.Equal([new AnnouncedAgent(Agent, Since)], book.TakeDone());
        Assert.Empty(book.TakeDone());
    }

    [Fact]
    public void Later_news_of_an_agent_take_the_place_of_earlier_ones()
    {
        var book = new AgentNewsBook();
        book.Announce(Lost, Since, [F]);
        book.Announce(Back, Since.AddMinutes(1), [F]);
        book.Noted(F, Lost);
        Assert.Equal([(F, Back)], book.Next(10));
        book.Noted(F, Back);
        Assert.Equal([new AnnouncedAgent(Agent, Since.AddMinutes(1))], book.TakeDone());
    }

    [Fact]
    public void What_is_repeated_takes_turns()
    {
        var book = new AgentNewsBook();
        book.Announce(Lost, Since, [F, G]);
        Assert.Equal(F, Assert.Single(book.Next(1)).Framework);
        Assert.Equal(G, Assert.Single(book.Next(1)).Framework);
        Assert.Equal(F, Assert.Single(book.Next(1)).Framework);
        book.Forget(F);
        Assert.Equal(G, Assert.Single(book.Next(5)).Framework);
    }

    [Fact]
    public void A_framework_answers_when_its_last_task_there_has_noted_it()
    {
        var relay = new AgentNewsRelay();
        Assert.Equal(RelayAnswer.Noted, relay.Take(Lost, []));
        Assert.Equal(RelayAnswer.Begun, relay.Take(Lost, [new TaskId("1"), new TaskId("2")]));
        Assert.Equal(RelayAnswer.UnderWay, relay.Take(Lost, [new TaskId("1"), new TaskId("2")]));
        Assert.False(relay.Noted(new TaskId("1"), Lost));
        Assert.Equal([(Lost, new TaskId("2"))], relay.Open);
        Assert.Equal(RelayAnswer.Begun, relay.Take(Back, [new TaskId("2")]));
        Assert.Equal(RelayAnswer.UnderWay, relay.Take(Lost, [new TaskId("2")]));
        Assert.False(relay.Noted(new TaskId("2"), Lost));
        Assert.True(relay.Noted(new TaskId("2"), Back));
        Assert.Empty(relay.Open);
    }

    [Fact]
    public void A_task_ends_up_where_the_newest_news_say_whatever_their_order()
    {
        var steps = Gen.Choose(1, 9).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(steps, numbers =>
        {
            // Odd sessions are returns, even ones losses of everything up to them.
            var delivery = numbers.Aggregate(default(TaskDelivery), static (before, number) => number % 2 == 1
                ? before.AfterSeen(Session(number))
                : before.Outdates(Session(number)) ? before : before.AfterLoss(Session(number)));
            var newest = Session(numbers.Max());
            Assert.Equal(numbers.Max() % 2 == 1, delivery.Seen > delivery.LostUpTo);
            Assert.Equal(newest, delivery.Seen > delivery.LostUpTo ? delivery.Seen : delivery.LostUpTo);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_number_is_taken_once_in_whatever_order_and_however_often_it_comes()
    {
        var numbers = Gen.Choose(1, 50).Select(static number => (long)number).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(numbers, said =>
        {
            var taken = new TakenNumbers();
            Assert.Equal(said.Distinct(), said.Where(taken.Take));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Offers_are_said_again_only_while_they_are_not_noted()
    {
        var delivery = new OfferDelivery();
        var first = delivery.Say([new OfferId("1")], Since);
        var second = delivery.Say([new OfferId("2")], Since);
        Assert.Equal((1, 2), (first, second));
        delivery.Noted(first);
        Assert.Empty(delivery.Again(Since.AddSeconds(-1), Since.AddSeconds(1)));
        Assert.Equal(second, Assert.Single(delivery.Again(Since, Since.AddSeconds(2))).Number);
        Assert.Empty(delivery.Again(Since, Since.AddSeconds(2)));
    }

    private static AgentSession Session(long counter) => new(new MasterEpoch(1), counter);
}
