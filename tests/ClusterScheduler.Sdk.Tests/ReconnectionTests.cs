using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Sdk.Metrics;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A scheduler whose connection is lost, and what it may rely on when it is back.</summary>
public sealed class ReconnectionTests
{
    /// <summary>Five of these must not pass unheard on a machine that is busy with other things.</summary>
    private static readonly TimeSpan BusyMachine = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task A_new_master_ends_the_offers_and_is_told_without_a_new_connection()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");
        var repeated = subject.Fake.Count<FrameworkProtocol.Subscribe>();

        subject.Fake.FailOverMaster();

        await subject.Told("rescinded offer-1");
        await subject.Told("reregistered 2");
        Assert.Equal(repeated, subject.Fake.Count<FrameworkProtocol.Subscribe>());
    }

    [Fact]
    public async Task When_the_entity_stops_offers_end_and_a_new_connection_is_made()
    {
        using var subject = new SchedulerSubject();
        var before = await subject.Fake.ExpectSubscribe();
        await subject.Told("registered fw-1 1");
        subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");

        subject.Fake.Crash();

        await subject.Told("rescinded offer-1");
        await subject.Told("disconnected 0: the framework's entity stopped or moved");
        await subject.Told("reregistered 1");
        await subject.Subscription(subscribe => subscribe.Connection != before.Connection);
        var metrics = await subject.Ask<SchedulerMetrics>(GetSchedulerMetrics.Instance);
        Assert.True(metrics.Connected);
        Assert.Equal(1, metrics.Reconnections);
    }

    [Fact]
    public async Task A_subscription_names_the_latest_master_that_was_heard_of()
    {
        using var subject = new SchedulerSubject();
        var before = await subject.Fake.ExpectSubscribe();
        await subject.Told("registered fw-1 1");
        subject.Fake.FailOverMaster();
        await subject.Told("reregistered 2");

        subject.Fake.Crash();

        var after = await subject.Subscription(subscribe => subscribe.Connection != before.Connection);
        Assert.Equal(new MasterEpoch(2), after.Seen);
    }

    [Fact]
    public async Task When_heartbeats_stop_the_connection_is_sought_again()
    {
        using var subject = await new SchedulerSubject(heartbeat: BusyMachine).Registered();
        subject.Fake.CutOff();

        Assert.StartsWith("disconnected 0: nothing was heard for", await subject.Told(), StringComparison.Ordinal);
        await subject.Fake.ExpectSubscribe();
        await subject.Fake.ExpectSubscribe();

        subject.Fake.Mend();
        await subject.Told("reregistered 1");
    }

    [Fact]
    public async Task A_heartbeat_is_enough_to_stay_connected()
    {
        using var subject = await new SchedulerSubject(Patient, TimeSpan.FromMilliseconds(20)).Registered();
        await subject.Fake.Heartbeats(200);
        Assert.Equal(0, (await subject.Ask<SchedulerMetrics>(GetSchedulerMetrics.Instance)).Reconnections);
    }

    [Fact]
    public async Task A_subscription_is_repeated_under_the_same_connection_until_it_is_answered()
    {
        using var subject = new SchedulerSubject(
            static settings => settings with { SubscribeBackoffMin = TimeSpan.FromMilliseconds(1) }, isCutOff: true);
        var first = await subject.Fake.ExpectSubscribe();
        var second = await subject.Fake.ExpectSubscribe();
        Assert.Equal(first.Connection, second.Connection);
        subject.Fake.Mend();
        await subject.Told("registered fw-1 1");
    }

    [Fact]
    public async Task What_another_entity_says_under_the_same_connection_is_not_heard()
    {
        using var subject = new SchedulerSubject();
        var connection = (await subject.Fake.ExpectSubscribe()).Connection;
        await subject.Told("registered fw-1 1");
        subject.Scheduler.Tell(
            new SchedulerProtocol.Updated(connection, new StatusUpdate(
                new TaskId("t1"), TaskState.Running, StatusSource.Executor, StatusReason.None, "", default)),
            ActorRefs.Nobody);
        subject.Scheduler.Tell(
            new SchedulerProtocol.SubscriptionEnded(new("fw-1"), connection, "late"), ActorRefs.Nobody);

        subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");
    }

    [Fact]
    public async Task When_two_entities_took_the_subscription_a_new_one_shows_which_is_there()
    {
        using var subject = new SchedulerSubject();
        var connection = (await subject.Fake.ExpectSubscribe()).Connection;
        await subject.Told("registered fw-1 1");
        subject.Scheduler.Tell(
            new SchedulerProtocol.Subscribed(new("fw-1"), connection, new MasterEpoch(1), BusyMachine),
            ActorRefs.Nobody);

        await subject.Told("disconnected 0: two entities of the framework took the subscription");
        await subject.Told("reregistered 1");
        await subject.Subscription(subscribe => subscribe.Connection != connection);
    }

    [Fact]
    public async Task Tasks_accepted_without_a_connection_are_dropped_and_say_so()
    {
        using var subject = await Disconnected();

        Assert.False(await subject.Do(static s => s.Accept([new("offer-1")], [SchedulerSubject.Task("t1")])));

        await subject.Told("update t1 Dropped");
        var update = await subject.Do(static s => s.Latest!);
        Assert.Equal(StatusReason.InvalidOffers, update.Reason);
        Assert.Contains("never started", update.Message, StringComparison.Ordinal);
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.AcceptOffers>());
    }

    [Fact]
    public async Task What_was_wanted_meanwhile_is_said_when_the_connection_is_back()
    {
        using var subject = await Disconnected();
        await subject.Do(static s => s.Suppress());
        await subject.Do(static s => s.Revive("blue"));
        await subject.Do(static s => s.Kill(new("t1")));
        Assert.False(await subject.Do(static s => s.Reconcile()));

        subject.Fake.Mend();

        await subject.Told("reregistered 1");
        Assert.Equal(["blue"], (await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>()).Roles.ToArray());
        Assert.Equal("t1", (await subject.Fake.ExpectKill()).TaskId.Value);
        subject.Fake.Crash();
        await subject.Subscription(static subscribe => subscribe.SuppressedRoles is ["red"]);
    }

    [Fact]
    public async Task A_kill_is_repeated_after_reconnections_until_the_task_has_ended()
    {
        using var subject = await new SchedulerSubject().Registered();
        await subject.Do(static s => s.Kill(new("t1")));
        await subject.Fake.ExpectKill();
        subject.Fake.Crash();
        await subject.Told();
        await subject.Told("reregistered 1");
        await subject.Fake.ExpectKill();

        subject.Fake.Update(new("t1"), TaskState.Killed);
        await subject.Told("update t1 Killed");
        subject.Fake.Crash();
        await subject.Told();
        await subject.Told("reregistered 1");
        await subject.Settle();
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.KillTask>());
    }

    [Fact]
    public async Task Launches_of_which_nothing_was_heard_are_asked_about()
    {
        using var subject = await new SchedulerSubject().Registered();
        var offer = subject.Fake.Offer("cpus:4;mem:1024");
        await subject.Told("offers offer-1");
        await subject.Do(s => s.Accept([offer.Id], [SchedulerSubject.Task("t1"), SchedulerSubject.Task("t2")]));
        subject.Fake.Update(new("t1"), TaskState.Running);
        await subject.Told("update t1 Running");

        subject.Fake.Crash();

        Assert.StartsWith("disconnected", await subject.Told(), StringComparison.Ordinal);
        await subject.Told("reregistered 1");
        Assert.Equal([new TaskId("t2")], (await subject.Fake.Expect<FrameworkProtocol.Reconcile>()).TaskIds.ToArray());
        await subject.Told("update t2 Staging");
    }

    [Fact]
    public async Task Many_launches_are_asked_about_in_messages_that_are_not_too_large()
    {
        using var subject = await new SchedulerSubject().Registered();
        var offer = subject.Fake.Offer("cpus:4;mem:1024");
        await subject.Told("offers offer-1");
        var tasks = Enumerable.Range(0, 1_200).Select(static number => SchedulerSubject.Task($"t{number:0000}"));
        await subject.Do(s => s.Accept([offer.Id], tasks));

        subject.Fake.Crash();

        var asked = new List<TaskId>();
        while (asked.Count < 1_200)
        {
            var some = (await subject.Fake.Expect<FrameworkProtocol.Reconcile>()).TaskIds;
            Assert.InRange(some.Length, 1, 500);
            asked.AddRange(some);
        }

        Assert.Equal(1_200, asked.Distinct().Count());
    }

    /// <summary>The entity is there, and what it asked elsewhere was lost.</summary>
    [Fact]
    public async Task Launches_of_which_nothing_is_heard_are_asked_about_with_heartbeats_until_something_is()
    {
        using var subject = await new SchedulerSubject(Patient, TimeSpan.FromMilliseconds(20)).Registered();
        var offer = subject.Fake.Offer("cpus:4;mem:1024");
        await subject.Told("offers offer-1");
        await subject.Do(s => s.Accept([offer.Id], [SchedulerSubject.Task("t1")]));
        subject.Fake.LoseNextEvent();
        Assert.Equal([new TaskId("t1")], (await subject.Fake.Expect<FrameworkProtocol.Reconcile>()).TaskIds.ToArray());
        await subject.Told("update t1 Staging");

        await subject.Settle();
        var asked = subject.Fake.Count<FrameworkProtocol.Reconcile>();
        await subject.Fake.Heartbeats(20);
        await subject.Settle();
        Assert.Equal(asked, subject.Fake.Count<FrameworkProtocol.Reconcile>());
    }

    [Fact]
    public async Task A_question_by_name_is_repeated_with_heartbeats_until_it_is_answered()
    {
        using var subject = await new SchedulerSubject(Patient, TimeSpan.FromMilliseconds(20)).Registered();
        subject.Fake.LoseNextCall();
        await subject.Do(static s => s.Reconcile(new TaskId("t1")));
        await subject.Fake.Expect<FrameworkProtocol.Reconcile>();
        await subject.Fake.Expect<FrameworkProtocol.Reconcile>();
        await subject.Told("update t1 Unknown");
    }

    /// <summary>Both nodes live, nobody is told of a broken connection, and what was said over it is gone.</summary>
    [Fact]
    public async Task A_call_that_was_lost_shows_in_heartbeats_and_is_made_up_for_by_a_new_connection()
    {
        using var subject = await new SchedulerSubject(heartbeat: BusyMachine).Registered();
        await subject.Do(static s => s.Suppress());
        subject.Fake.LoseNextCall();
        await subject.Do(static s => s.Revive("blue"));

        await subject.Told("disconnected 0: something that was said on it was lost");
        await subject.Told("reregistered 1");
        await subject.Subscription(static subscribe => subscribe.SuppressedRoles is ["red"]);
    }

    [Fact]
    public async Task An_offer_that_was_lost_shows_in_heartbeats_and_is_made_up_for_by_a_new_connection()
    {
        using var subject = await new SchedulerSubject(heartbeat: BusyMachine).Registered();
        subject.Fake.LoseNextEvent();
        subject.Fake.Offer("cpus:4");

        await subject.Told("disconnected 0: something that was said on it was lost");
        await subject.Told("reregistered 1");
    }

    [Fact]
    public async Task A_kill_of_a_task_that_nobody_knows_is_over()
    {
        using var subject = await new SchedulerSubject().Registered();
        await subject.Do(static s => s.Kill(new("t1")));
        await subject.Fake.ExpectKill();
        await subject.Do(static s => s.Reconcile(new TaskId("t1")));
        await subject.Told("update t1 Unknown");

        subject.Fake.Crash();
        await subject.Told();
        await subject.Told("reregistered 1");
        await subject.Settle();
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.KillTask>());
    }

    [Fact]
    public async Task An_update_that_waits_for_its_acknowledgement_is_not_given_out_again()
    {
        using var subject = await new SchedulerSubject(SchedulerActorTests.ByHand).Registered();
        subject.Fake.Update(new("t1"), TaskState.Running);
        await subject.Told("update t1 Running");

        subject.Fake.Crash();

        Assert.StartsWith("disconnected", await subject.Told(), StringComparison.Ordinal);
        await subject.Told("reregistered 1");
        await subject.Settle();
        await subject.Do(static s => s.Acknowledge(s.Latest!));
        await subject.Fake.ExpectAcknowledge();
        subject.Fake.Update(new("t1"), TaskState.Finished);
        await subject.Told("update t1 Finished");
    }

    [Fact]
    public async Task A_subscription_that_ended_for_good_is_an_error_and_stops_the_scheduler()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");
        subject.Fake.EndSubscription("the framework was removed");

        await subject.Told("rescinded offer-1");
        await subject.Told("error the framework was removed");
        await subject.Told("stopped");
    }

    [Fact]
    public async Task A_teardown_without_a_connection_is_done_when_there_is_one()
    {
        using var subject = await Disconnected();
        await subject.Do(static s => s.Teardown());
        subject.Fake.Mend();
        await subject.Told("reregistered 1");
        await subject.Fake.Expect<FrameworkProtocol.Teardown>();
        await subject.Told("torn down");
    }

    /// <summary>Heartbeats that come fast and are heard late must not end the connection.</summary>
    private static SchedulerSettings Patient(SchedulerSettings settings) => settings with { HeartbeatsMissedMax = 150 };

    private static async Task<SchedulerSubject> Disconnected()
    {
        var subject = await new SchedulerSubject(heartbeat: BusyMachine).Registered();
        subject.Fake.CutOff();
        Assert.StartsWith("disconnected", await subject.Told(), StringComparison.Ordinal);
        return subject;
    }
}
