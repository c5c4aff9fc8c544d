using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Gateway.Jobs;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>A watcher, between a service scheduler some of whose messages are lost and one who reads.</summary>
public sealed class JobWatcherTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    private readonly ActorSystem _system = ActorSystem.Create("job-watcher-tests");
    private readonly Channel<ServicesProtocol.JobsChanged> _changes =
        Channel.CreateUnbounded<ServicesProtocol.JobsChanged>();

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task An_end_that_was_lost_is_asked_for_after_a_silence()
    {
        var asked = Start(
            TimeSpan.FromMilliseconds(20),
            [Whole(1, JobPhase.Running)],
            [NothingNew(1)],
            [Whole(3, JobPhase.Finished)]);
        Assert.Equal(JobPhase.Running, await Phase());
        Assert.Equal(JobPhase.Finished, await Phase());
        Assert.Equal([0, 1, 1], asked.Take(3));
    }

    [Fact]
    public async Task That_nothing_is_new_is_not_passed_on()
    {
        Start(
            TimeSpan.FromMilliseconds(20),
            [Whole(1, JobPhase.Running)],
            [NothingNew(1)],
            [NothingNew(1)],
            [Change(2, JobPhase.Finished)]);
        Assert.Equal(JobPhase.Running, await Phase());
        Assert.Equal(JobPhase.Finished, await Phase());
    }

    [Fact]
    public async Task After_a_gap_the_whole_state_is_asked_for_at_once_and_passed_on_alone()
    {
        var asked = Start(
            Never,
            [Whole(1, JobPhase.Pending), Change(2, JobPhase.Running), Change(4, JobPhase.Killed)],
            [Change(5, JobPhase.Killed), Whole(6, JobPhase.Failed), Change(7, JobPhase.Finished)]);
        Assert.Equal(
            [JobPhase.Pending, JobPhase.Running, JobPhase.Failed, JobPhase.Finished],
            [await Phase(), await Phase(), await Phase(), await Phase()]);
        Assert.Equal([0, 0], asked);
    }

    [Fact]
    public async Task A_whole_state_that_was_lost_is_asked_for_though_changes_come()
    {
        var asked = Start(Never, [Change(2, JobPhase.Running)], [Whole(3, JobPhase.Finished)]);
        Assert.Equal(JobPhase.Finished, await Phase());
        Assert.Equal([0, 0], asked);
    }

    [Fact]
    public async Task A_scheduler_of_an_earlier_release_does_not_count()
    {
        Start(Never, [Change(0, JobPhase.Running), Change(0, JobPhase.Running), Change(0, JobPhase.Finished)]);
        Assert.Equal(
            [JobPhase.Running, JobPhase.Running, JobPhase.Finished],
            [await Phase(), await Phase(), await Phase()]);
    }

    [Fact]
    public async Task That_there_is_no_job_is_passed_on()
    {
        Start(Never, [new ServicesProtocol.JobsChanged([], []) { Sequence = 1, BeginsSnapshot = true }]);
        Assert.Empty((await Read()).Jobs);
    }

    private static ServicesProtocol.JobsChanged Whole(long sequence, JobPhase phase) =>
        Change(sequence, phase) with { BeginsSnapshot = true };

    private static ServicesProtocol.JobsChanged Change(long sequence, JobPhase phase) =>
        new([new ServicesProtocol.JobSummary(new JobKey("r", "devel", "map"), 7, 1, phase, 1)], [])
        {
            Sequence = sequence,
        };

    private static ServicesProtocol.JobsChanged NothingNew(long sequence) => new([], []) { Sequence = sequence };

    /// <summary>The sequence numbers that the watcher asked with, one for each of the answers.</summary>
    private ConcurrentQueue<long> Start(TimeSpan silenceMax, params ServicesProtocol.JobsChanged[][] answers)
    {
        var asked = new ConcurrentQueue<long>();
        var services = _system.ActorOf(Props.Create(() => new Scripted(asked, answers)));
        var writer = _changes.Writer;
        _system.ActorOf(Props.Create(() => new JobWatcher(services, 7, silenceMax, writer)));
        return asked;
    }

    private async Task<JobPhase> Phase() => Assert.Single((await Read()).Jobs).Phase;

    private async Task<ServicesProtocol.JobsChanged> Read() =>
        await _changes.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private sealed class Scripted : ReceiveActor
    {
        public Scripted(ConcurrentQueue<long> asked, ServicesProtocol.JobsChanged[][] answers) =>
            Receive<ServicesProtocol.WatchJobs>(watch =>
            {
                asked.Enqueue(watch.LastSequence);
                foreach (var change in answers.ElementAtOrDefault(asked.Count - 1) ?? [])
                {
                    Sender.Tell(change);
                }
            });
    }
}
