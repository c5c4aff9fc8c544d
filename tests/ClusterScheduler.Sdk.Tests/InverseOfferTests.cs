using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A scheduler that is asked to leave agents.</summary>
public sealed class InverseOfferTests
{
    [Fact]
    public async Task Inverse_offers_are_given_out_and_answered_either_way()
    {
        using var subject = await new SchedulerSubject().Registered();
        var first = subject.Fake.AskToLeave(DateTimeOffset.UnixEpoch);
        await subject.Told("inverse inverse-1");
        Assert.True(await subject.Do(s => s.AcceptInverse([first.Id])));
        var accepted = await subject.Fake.ExpectInverseAnswer();
        Assert.Equal((first.Id, InverseVerdict.Accepted, TimeSpan.FromSeconds(5)),
            (Assert.Single(accepted.OfferIds), accepted.Verdict, accepted.Filters.RefuseFor));

        var second = subject.Fake.AskToLeave(DateTimeOffset.UnixEpoch, "agent-2");
        await subject.Told("inverse inverse-2");
        await subject.Do(s => s.DeclineInverse([second.Id], new OfferFilters(TimeSpan.FromMinutes(1))));
        var declined = await subject.Fake.ExpectInverseAnswer();
        Assert.Equal((second.Id, InverseVerdict.Declined, TimeSpan.FromMinutes(1)),
            (Assert.Single(declined.OfferIds), declined.Verdict, declined.Filters.RefuseFor));
        await Assert.ThrowsAsync<ArgumentException>(() => subject.Do(s => s.AcceptInverse([])));
    }

    [Fact]
    public async Task An_inverse_offer_that_asks_resources_back_says_for_whom_what_and_until_when()
    {
        using var subject = await new SchedulerSubject().Registered();
        var until = DateTimeOffset.UnixEpoch.AddHours(1);
        subject.Fake.AskBack("cpus:2", until, "prod", "agent-1", new TaskId("t"));
        await subject.Told("inverse inverse-1");
        var held = await subject.Do(s => Assert.Single(s.Asked));
        Assert.Equal(("prod", until, true), (held.Reclaim!.Role, held.Reclaim.Until, held.Reclaim.IsKilledAfter));
        Assert.Equal(("t", "cpus:2"), (Assert.Single(held.Reclaim.Tasks).Value, held.Resources.ToString()));
    }

    [Fact]
    public async Task One_that_is_taken_back_is_told_once_and_an_answered_one_not_at_all()
    {
        using var subject = await new SchedulerSubject().Registered();
        var first = subject.Fake.AskToLeave(DateTimeOffset.UnixEpoch);
        await subject.Told("inverse inverse-1");
        await subject.Do(s => s.AcceptInverse([first.Id]));
        var second = subject.Fake.AskToLeave(DateTimeOffset.UnixEpoch);
        await subject.Told("inverse inverse-2");
        subject.Fake.RescindInverse(first.Id);
        subject.Fake.RescindInverse(second.Id);
        subject.Fake.RescindInverse(second.Id);
        await subject.Told("inverse rescinded inverse-2");

        subject.Fake.AskToLeave(DateTimeOffset.UnixEpoch);
        await subject.Told("inverse inverse-3");
    }
}
