using System.Text;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Core.Tests.Execution;

public sealed class RunLogTests
{
    private static readonly RunLogOpening Opening =
        new RunLogOpening.Opened("boot", DateTimeOffset.UnixEpoch, new ProcessIdentity(1, 2));

    public static TheoryData<TaskRunEvent> Events { get; } =
    [
        new TaskRunEvent.ProcessForked("a name with spaces, 100 %\n", 1, new TimeSpan(5)),
        new TaskRunEvent.ProcessStarted("p", 2, new ProcessIdentity(3, 4), new TimeSpan(5)),
        new TaskRunEvent.ProcessEnded("p", 2, new ExitStatus.Exited(143), new(new(9), 8), ProcessState.Failed, default),
        new TaskRunEvent.ProcessEnded("p", 2, new ExitStatus.Signaled(15, true), default, ProcessState.Killed, default),
        new TaskRunEvent.ProcessEnded("p", 2, new ExitStatus.NotStarted(
            new SpawnError(SpawnErrorKind.DiskFull, 28, "a:b: c")), default, ProcessState.Failed, default),
        new TaskRunEvent.ProcessEnded(
            "p", 2, new ExitStatus.Unknown(UnknownCause.NotReaped), default, ProcessState.Lost, default),
        new TaskRunEvent.KillAsked(new(1), new(2)),
        new TaskRunEvent.StageEntered(TaskStage.Cleaning, new(1), null, new(2)),
        new TaskRunEvent.SweepOrdered(new(2)),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_is_read_as_it_was_written(TaskRunEvent @event)
    {
        var log = Read(RunLogCodec.Encode(Opening) + RunLogCodec.Encode(@event));

        Assert.Equal(@event, Assert.Single(log.Events));
        Assert.Equal(Opening, log.Opening);
    }

    [Fact]
    public void A_torn_last_line_says_nothing_and_is_no_damage()
    {
        var whole = RunLogCodec.Encode(Opening) + RunLogCodec.Encode(new TaskRunEvent.SweepOrdered(new(2)));
        var torn = whole + RunLogCodec.Encode(new TaskRunEvent.SweepOrdered(new(3)));

        for (var length = whole.Length; length < torn.Length; length++)
        {
            var log = Read(torn[..length]);
            Assert.Single(log.Events);
            Assert.False(log.IsDamaged);
        }
    }

    [Fact]
    public void Any_flipped_bit_in_the_middle_is_seen()
    {
        var text = Encoding.UTF8.GetBytes(RunLogCodec.Encode(Opening)
            + RunLogCodec.Encode(new TaskRunEvent.ProcessForked("p", 1, new(7)))
            + RunLogCodec.Encode(new TaskRunEvent.SweepOrdered(new(2))));
        for (var bit = 0; bit < (text.Length - 1) * 8; bit++)
        {
            var damaged = (byte[])text.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var log = RunLogCodec.Decode(damaged);
            Assert.True(log.IsDamaged || log.Events.Length < 2, $"bit {bit}");
        }
    }

    [Fact]
    public void Without_a_keeper_the_record_decides_what_became_of_a_task()
    {
        var forked = new TaskRunEvent.ProcessForked("p", 1, default);
        var known = new TaskResult(new TaskOutcome.Killed(), default, []);
        var forbidden = new RunLogOpening.Forbidden("boot", default);

        Assert.Equal(new TaskOutcome.Dropped(), OrphanedRun.Unstarted("boot", "boot").Outcome);
        Assert.Equal(new TaskOutcome.Lost(UnknownCause.MachineRebooted), OrphanedRun.Unstarted("old", "boot").Outcome);
        Assert.Equal(new TaskOutcome.Dropped(), Decide(new RunLog(forbidden, [], false)));
        Assert.Equal(new TaskOutcome.Dropped(), Decide(new RunLog(Opening, [], false)));
        Assert.Equal(new TaskOutcome.Lost(UnknownCause.KeeperLost), Decide(new RunLog(Opening, [forked], false)));
        Assert.Equal(new TaskOutcome.Lost(UnknownCause.KeeperLost), Decide(new RunLog(null, [], false)));
        Assert.Equal(new TaskOutcome.Lost(UnknownCause.RecordDamaged), Decide(new RunLog(Opening, [forked], true)));
        Assert.Equal(new TaskOutcome.Lost(UnknownCause.MachineRebooted), OrphanedRun.Decide(
            new RunLog(Opening, [forked], false), "boot", "next").Outcome);
        Assert.Equal(known.Outcome, Decide(new RunLog(
            Opening, [forked, new TaskRunEvent.TaskEnded(known, default)], false)));
    }

    private static TaskOutcome Decide(RunLog log) => OrphanedRun.Decide(log, "boot", "boot").Outcome;

    private static RunLog Read(string text) => RunLogCodec.Decode(Encoding.UTF8.GetBytes(text));
}
