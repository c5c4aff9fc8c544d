using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Sdk.Metrics;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A connected scheduler: offers, updates and calls.</summary>
public sealed class SchedulerActorTests
{
    [Fact]
    public async Task It_subscribes_as_what_it_is()
    {
        using var subject = new SchedulerSubject(static settings => settings with { SuppressedRoles = ["blue"] });
        var subscribe = await subject.Fake.ExpectSubscribe();

        Assert.Equal(subject.Settings.FrameworkId, subscribe.FrameworkId);
        Assert.Equal(subject.Settings.Info, subscribe.Info);
        Assert.Equal(["blue"], subscribe.SuppressedRoles.ToArray());
        await subject.Told("registered fw-1 1");
    }

    [Fact]
    public async Task Offers_are_given_out_held_and_accepted()
    {
        using var subject = await new SchedulerSubject().Registered();
        var offer = subject.Fake.Offer("cpus:4;mem:1024");
        await subject.Told("offers offer-1");
        Assert.Equal([offer.Id], await subject.Do(static s => s.Offers.Select(static each => each.Id).ToArray()));

        Assert.True(await subject.Do(s => s.Accept(
            [offer.Id], [SchedulerSubject.Task("t1")], new OfferFilters(TimeSpan.FromSeconds(7)))));

        var accept = await subject.Fake.ExpectAccept();
        Assert.Equal([offer.Id], accept.OfferIds.ToArray());
        Assert.Equal("t1", accept.Launches.Single().TaskId.Value);
        Assert.Equal(TimeSpan.FromSeconds(7), accept.Filters.RefuseFor);
        Assert.Empty(await subject.Do(static s => s.Offers.ToArray()));
    }

    [Fact]
    public async Task Offers_are_declined_with_Mesos_filter_unless_another_is_given()
    {
        using var subject = await new SchedulerSubject().Registered();
        var offer = subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");

        await subject.Do(s => s.Decline([offer.Id]));

        var decline = await subject.Fake.ExpectDecline();
        Assert.Equal([offer.Id], decline.OfferIds.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(5), decline.Filters.RefuseFor);
    }

    [Fact]
    public async Task A_rescinded_offer_is_no_longer_held()
    {
        using var subject = await new SchedulerSubject().Registered();
        var offer = subject.Fake.Offer("cpus:4");
        await subject.Told("offers offer-1");
        subject.Fake.Rescind(offer.Id);
        subject.Fake.Rescind(offer.Id);
        subject.Fake.Rescind(new OfferId("never-made"));

        await subject.Told("rescinded offer-1");
        await subject.Settle();
        Assert.Empty(await subject.Do(static s => s.Offers.ToArray()));
        var metrics = await subject.Ask<SchedulerMetrics>(GetSchedulerMetrics.Instance);
        Assert.Equal(1, metrics.OffersRescinded);
    }

    [Fact]
    public async Task An_update_is_acknowledged_when_the_callback_has_returned()
    {
        using var subject = await new SchedulerSubject().Registered();
        var first = subject.Fake.Update(new("t1"), TaskState.Running);
        var second = subject.Fake.Update(new("t1"), TaskState.Finished);

        await subject.Told("update t1 Running");
        await subject.Told("update t1 Finished");
        Assert.Equal(first.Uuid, (await subject.Fake.ExpectAcknowledge()).Uuid);
        Assert.Equal(second.Uuid, (await subject.Fake.ExpectAcknowledge()).Uuid);
    }

    [Fact]
    public async Task An_update_is_acknowledged_by_hand_where_the_author_says_so()
    {
        using var subject = await new SchedulerSubject(ByHand).Registered();
        subject.Fake.Update(new("t1"), TaskState.Running);
        subject.Fake.Update(new("t1"), TaskState.Finished);
        await subject.Told("update t1 Running");
        await subject.Settle();
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.Acknowledge>());

        await subject.Do(static s => s.Acknowledge(s.Latest!));

        await subject.Told("update t1 Finished");
    }

    [Fact]
    public async Task A_repeated_update_is_given_out_once()
    {
        using var subject = await new SchedulerSubject(ByHand).Registered();
        var update = subject.Fake.Update(new("t1"), TaskState.Running);
        await subject.Told("update t1 Running");
        subject.Fake.Send(update);
        await subject.Settle();
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.Acknowledge>());

        await subject.Do(static s => s.Acknowledge(s.Latest!));
        subject.Fake.Send(update);

        await subject.Fake.ExpectAcknowledge();
        Assert.Equal(update.Uuid, (await subject.Fake.ExpectAcknowledge()).Uuid);
        subject.Fake.Update(new("t2"), TaskState.Running);
        await subject.Told("update t2 Running");
        Assert.Equal(2, (await subject.Ask<SchedulerMetrics>(GetSchedulerMetrics.Instance)).UpdatesRepeated);
    }

    [Fact]
    public async Task An_update_without_uuid_is_not_acknowledged()
    {
        using var subject = await new SchedulerSubject().Registered();
        Assert.True(await subject.Do(static s => s.Reconcile(new TaskId("t9"))));
        await subject.Fake.Expect<FrameworkProtocol.Reconcile>();
        await subject.Told("update t9 Unknown");
        await subject.Settle();
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.Acknowledge>());
    }

    [Fact]
    public async Task An_update_that_the_scheduler_did_not_get_through_comes_again_after_its_restart()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.Update(new("t1"), TaskState.Failed, message: "boom");

        await subject.Told("update t1 Failed");
        await subject.Told("stopped");
        await subject.Fake.Expect<FrameworkProtocol.Unsubscribe>();
        await subject.Told("registered fw-1 1");
        await subject.Told("update t1 Failed");
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.Acknowledge>());
    }

    [Fact]
    public async Task Lost_agents_and_executors_are_told()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Fake.LoseAgent("agent-1", gone: true);
        await subject.Told("agent lost agent-1 True");
        subject.Fake.Update(new("t1"), TaskState.Gone, StatusReason.ExecutorTerminated);
        await subject.Told("executor lost t1");
        await subject.Told("update t1 Gone");
    }

    [Fact]
    public async Task Calls_about_offers_and_tasks_carry_what_was_said()
    {
        using var subject = await new SchedulerSubject().Registered();
        await subject.Do(static s => s.Suppress("red"));
        await subject.Do(static s => s.Revive());
        await subject.Do(static s => s.Kill(new("t1"), TimeSpan.FromSeconds(3)));

        Assert.Equal(["red"], (await subject.Fake.Expect<FrameworkProtocol.SuppressOffers>()).Roles.ToArray());
        Assert.Equal(["red", "blue"], (await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>()).Roles.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(3), (await subject.Fake.ExpectKill()).Grace);
    }

    [Fact]
    public async Task What_is_waited_for_is_said_and_said_again_after_a_reconnection()
    {
        using var subject = await new SchedulerSubject().Registered();
        var request = new ResourceRequest("red", ResourceSet.Parse("cpus:8"));
        await subject.Do(s => s.Request(request));
        Assert.Equal(request, (await subject.Fake.Expect<FrameworkProtocol.RequestResources>()).Requests[0]);

        subject.Fake.Crash();
        Assert.Equal(request, (await subject.Fake.Expect<FrameworkProtocol.RequestResources>()).Requests[0]);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused_at_once()
    {
        using var subject = await new SchedulerSubject().Registered();
        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(
            static s => s.Request(new ResourceRequest("green", ResourceSet.Parse("cpus:8")))));
        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(static s => s.Suppress("green")));
        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(static s => s.Decline([])));
        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(
            static s => s.Decline([new("o")], new OfferFilters(TimeSpan.FromSeconds(-1)))));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => subject.Do(
            static s => s.Kill(new("t"), TimeSpan.FromSeconds(-1))));
    }

    [Fact]
    public async Task Messages_of_the_authors_own_reach_the_authors_behaviour()
    {
        using var subject = await new SchedulerSubject().Registered();
        Assert.Equal("own: hello", await subject.Ask<string>("hello"));
    }

    [Fact]
    public async Task A_scheduler_that_stops_leaves_its_tasks_running()
    {
        using var subject = await new SchedulerSubject().Registered();
        subject.Stop();
        await subject.Fake.Expect<FrameworkProtocol.Unsubscribe>();
        await subject.Told("stopped");
        Assert.Equal(0, subject.Fake.Count<FrameworkProtocol.Teardown>());
    }

    [Fact]
    public async Task A_teardown_ends_the_framework_and_the_scheduler()
    {
        using var subject = await new SchedulerSubject().Registered();
        await subject.Do(static s => s.Teardown());
        await subject.Fake.Expect<FrameworkProtocol.Teardown>();
        await subject.Told("torn down");
        await subject.Told("stopped");
    }

    internal static SchedulerSettings ByHand(SchedulerSettings settings) =>
        settings with { AcknowledgeAutomatically = false };
}
