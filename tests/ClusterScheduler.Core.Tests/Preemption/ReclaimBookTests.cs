using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tests.Preemption;

/// <summary>From the first question to the last task that is killed, with a plan made anew at each step.</summary>
public sealed class ReclaimBookTests
{
    private readonly ReclaimBook _book = new();
    private readonly List<ReclaimTask> _tasks = [];
    private readonly HashSet<FrameworkId> _away = [];
    private string _unmet = "cpus:4";
    private int _offers;

    [Fact]
    public void Tasks_of_one_framework_on_one_agent_are_asked_for_together_and_once()
    {
        Run(Scene.Task("a", "batch", "cpus:2;mem:8"), Scene.Task("b", "batch", "cpus:2"));
        var ask = Assert.Single(Turn(60).Asks);
        Assert.Equal("a b: cpus:4;mem:8 for prod", Text(ask));
        Assert.Equal(Scene.Start.AddSeconds(360), ask.Until);
        Assert.Equal((0, 0, 0), Count(Turn(100)));
    }

    [Fact]
    public void When_enough_came_back_the_rest_is_no_longer_asked_for_and_nobody_is_killed()
    {
        Run(Scene.Task("a", "batch", "cpus:2"), Scene.Task("b", "batch", "cpus:2"));
        Turn(60);
        End("b");
        _unmet = "cpus:2";
        Assert.Equal((0, 0, 0), Count(Turn(100)));
        End("a");
        _unmet = "";
        var turn = Turn(110);
        Assert.Equal("1", Assert.Single(turn.Withdrawn).Offer.Value);
        Assert.Equal((0, 0), (turn.Asks.Length, turn.Kills.Length));
        Assert.Equal((0, 0, 0), Count(Turn(1000)));
        Assert.Empty(_book.Past);
    }

    [Fact]
    public void When_less_is_needed_the_rest_is_asked_for_by_another_inverse_offer_until_the_same_time()
    {
        Run(Scene.Task("a", "batch", "cpus:2"), Scene.Task("b", "batch", "cpus:2"));
        Turn(60);
        _unmet = "cpus:2";
        var turn = Turn(100);
        Assert.Equal("1", Assert.Single(turn.Withdrawn).Offer.Value);
        var ask = Assert.Single(turn.Asks);
        Assert.Equal("a: cpus:2 for prod", Text(ask));
        Assert.Equal(Scene.Start.AddSeconds(360), ask.Until);
    }

    [Fact]
    public void After_the_deadline_each_is_killed_once_and_said_again_until_it_is_noted()
    {
        Run(Scene.Task("a", "batch", "cpus:2"), Scene.Task("b", "batch", "cpus:2"));
        Turn(60);
        Assert.Equal((0, 0, 0), Count(Turn(359)));
        var turn = Turn(360);
        Assert.Equal((1, 0), (turn.Withdrawn.Length, turn.Asks.Length));
        Assert.Equal("a True, b True", Kills(turn));
        _book.Noted(_tasks[0].Framework, _tasks[0].Task);
        Assert.Equal("b False", Kills(Turn(365)));
        _book.Noted(_tasks[1].Framework, _tasks[1].Task);
        Assert.Equal((0, 0, 0), Count(Turn(370)));

        End("a");
        _unmet = "cpus:2";
        Assert.Equal((0, 0, 0), Count(Turn(375)));
        Assert.Equal(["a", "b"], _book.Past.Select(static past => past.Task.Task.Value));
    }

    [Fact]
    public void Where_killing_is_not_allowed_others_are_asked_when_the_time_is_over()
    {
        Run(Scene.Task("a", "batch", "cpus:4"), Scene.Task("b", "batch", "cpus:4", priority: 5));
        Assert.Equal("a: cpus:4 for prod", Text(Assert.Single(Turn(60, ReclaimMode.Ask).Asks)));
        Assert.Equal("1", Assert.Single(Turn(360, ReclaimMode.Ask).Withdrawn).Offer.Value);
        Assert.Equal("b: cpus:4 for prod", Text(Assert.Single(Turn(365, ReclaimMode.Ask).Asks)));
        Assert.Single(Turn(665, ReclaimMode.Ask).Withdrawn);
        Assert.Equal("a: cpus:4 for prod", Text(Assert.Single(Turn(670, ReclaimMode.Ask).Asks)));
        Assert.Empty(_book.Past);
    }

    [Fact]
    public void The_time_of_a_framework_that_cannot_be_asked_runs_and_it_is_asked_when_it_is_back()
    {
        Run(Scene.Task("a", "batch", "cpus:4"));
        _away.Add(_tasks[0].Framework);
        Assert.Empty(Turn(60).Asks);
        _away.Clear();
        Assert.Equal(Scene.Start.AddSeconds(360), Assert.Single(Turn(100).Asks).Until);
        _book.Dropped(_tasks[0].Framework);
        Assert.Equal(Scene.Start.AddSeconds(360), Assert.Single(Turn(105).Asks).Until);
        Assert.Equal("a True", Kills(Turn(360)));
    }

    [Fact]
    public void An_answer_is_shown_and_shortens_nothing()
    {
        Run(Scene.Task("a", "batch", "cpus:4"));
        Turn(60);
        _book.Answered(new OfferId("1"), InverseVerdict.Declined);
        Assert.Equal(InverseVerdict.Declined, _book.Annotate(_tasks[0]).Verdict);
        Assert.Equal((0, 0, 0), Count(Turn(359)));
        Assert.Equal("a True", Kills(Turn(360)));
    }

    [Fact]
    public void Another_book_as_after_a_failover_asks_first_whatever_was_asked_before()
    {
        Run(Scene.Task("a", "batch", "cpus:4"));
        Turn(60);
        var next = new ReclaimBook();
        var plan = Plan(next, 1000, ReclaimMode.Kill);
        Assert.Equal(ReclaimAction.Ask, Assert.Single(plan.Steps).Action);
    }

    private void Run(params ReclaimTask[] tasks) => _tasks.AddRange(tasks);

    private void End(string task) => _tasks.RemoveAll(each => each.Task.Value == task);

    private ReclaimPlan Plan(ReclaimBook book, int second, ReclaimMode mode) => Scene.Decide(
        [Scene.Role("prod", _unmet, since: 0), Scene.Role("batch", excess: "cpus:20;mem:100")],
        mode, second, [.. _tasks.Select(book.Annotate)]);

    private ReclaimTurn Turn(int second, ReclaimMode mode = ReclaimMode.Kill)
    {
        var turn = _book.Follow(Plan(_book, second, mode), Scene.Start.AddSeconds(second),
            task => _tasks.Any(each => each.Key == task.Key), framework => !_away.Contains(framework));
        foreach (var ask in turn.Asks)
        {
            _book.Made(ask, new OfferId($"{++_offers}"));
        }

        return turn;
    }

    private static (int Withdrawn, int Asks, int Kills) Count(ReclaimTurn turn) =>
        (turn.Withdrawn.Length, turn.Asks.Length, turn.Kills.Length);

    private static string Text(ReclaimAsk ask) =>
        $"{string.Join(' ', ask.Tasks)}: {ask.Resources} for {ask.For}";

    private static string Kills(ReclaimTurn turn) =>
        string.Join(", ", turn.Kills.Select(static kill => $"{kill.Task.Task} {kill.IsFirst}"));
}
