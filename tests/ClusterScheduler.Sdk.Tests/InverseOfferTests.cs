using ClusterScheduler.Core.Offers;

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
