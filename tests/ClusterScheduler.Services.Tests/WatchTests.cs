using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol;
using static ClusterScheduler.Services.Tests.ServicesSubject;

namespace ClusterScheduler.Services.Tests;

/// <summary>Those who watch jobs: what they are told, and what when they have missed something.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task Messages_are_counted_from_the_whole_state_on()
    {
        using var subject = await Connected();
        var job = Job("map");
        var accepted = await subject.Submit(job);
        var listener = subject.Listen();
        listener.Ask(new ServicesProtocol.WatchJobs(accepted.Submission));
        var first = await listener.Hear();
        Assert.True(first is { Sequence: 1, BeginsSnapshot: true }, $"{first}");
        Assert.Equal(job.Key, Assert.Single(first.Jobs).Key);

        await subject.Ask<ServicesProtocol.KillNoted>(new ServicesProtocol.KillJob(job.Key, []));
        var second = await listener.Hear();
        Assert.True(second is { Sequence: 2, BeginsSnapshot: false }, $"{second}");
        Assert.Equal(JobPhase.Killed, Assert.Single(second.Jobs).Phase);
    }

    [Fact]
    public async Task Who_asks_again_hears_everything_if_it_missed_something_and_else_nothing()
    {
        using var subject = await Connected();
        var accepted = await subject.Submit(Job("map"));
        var listener = subject.Listen();
        var watch = new ServicesProtocol.WatchJobs(accepted.Submission);
        listener.Ask(watch);
        listener.Ask(watch with { LastSequence = 1 });
        listener.Ask(watch);
        listener.Ask(watch with { LastSequence = 1 });
        listener.Ask(watch with { LastSequence = 3 });
        (long, bool, int)[] heard =
        [
            await Hear(listener), await Hear(listener), await Hear(listener), await Hear(listener),
            await Hear(listener),
        ];
        Assert.Equal([(1, true, 1), (1, false, 0), (2, true, 1), (3, true, 1), (3, false, 0)], heard);
    }

    [Fact]
    public async Task Who_asks_the_next_scheduler_hears_everything()
    {
        using var subject = await Connected();
        var accepted = await subject.Submit(Job("map"));
        var listener = subject.Listen();
        var watch = new ServicesProtocol.WatchJobs(accepted.Submission);
        listener.Ask(watch);
        await listener.Hear();
        await subject.Restart();
        listener.Ask(watch with { LastSequence = 1 });
        Assert.Equal((1, true, 1), await Hear(listener));
    }

    [Fact]
    public async Task Who_asks_for_a_file_that_is_unknown_hears_so()
    {
        using var subject = await Connected();
        var listener = subject.Listen();
        listener.Ask(new ServicesProtocol.WatchJobs(7));
        Assert.Equal((1, true, 0), await Hear(listener));
    }

    private static async Task<(long Sequence, bool BeginsSnapshot, int Jobs)> Hear(JobsListener listener)
    {
        var change = await listener.Hear();
        return (change.Sequence, change.BeginsSnapshot, change.Jobs.Length);
    }
}
