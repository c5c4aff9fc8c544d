using System.Text;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Services.Journal;

namespace ClusterScheduler.Services.Tests;

/// <summary>What is stored can be read for ever: the texts here are what earlier versions wrote.</summary>
public class JournalTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly AttemptEnd End = new(
        new TaskId("map-1-0-0"), "h", TaskState.Failed, StatusReason.None, "exit 3",
        new TaskEvidence(3, null, "command", "oops", 0.5, 12), At);

    public static TheoryData<JobEvent, string> Golden => new()
    {
        {
            new JobEvent.Staged(
                [new(new AttemptId(1, 2, 3), new AgentId("a"), "h", [new AttributeValue("rack", "r")])], At),
            """["staged/1",639029198450000000,[1,2,3,"a","h","rack","r"]]"""
        },
        {
            new JobEvent.Ended([new EndedAttempt(new AttemptId(1, 0, 0), InstanceOutcome.Fails, At, End)]),
            """["ended/1",[1,0,0,"Fails",639029198450000000,["map-1-0-0","h","Failed","None","exit 3","""
            + """639029198450000000,3,null,"command","oops",0.5,12]]]"""
        },
        {
            new JobEvent.Ended([new EndedAttempt(
                new AttemptId(1, 0, 0), InstanceOutcome.Finishes, At, End with { Evidence = null })]),
            """["ended/1",[1,0,0,"Finishes",639029198450000000,["map-1-0-0","h","Failed","None","exit 3","""
            + """639029198450000000]]]"""
        },
        { new JobEvent.KillRequested(7, [0, 2], At), """["kill-requested/1",639029198450000000,7,0,2]""" },
        { new JobEvent.Forgotten([1, 5]), """["forgotten/1",1,5]""" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Events_are_written_and_read_as_ever(JobEvent @event, string golden)
    {
        Assert.Equal(golden, Encoding.UTF8.GetString(JobEventCodec.Write(@event)));
        var read = JobEventCodec.Read(Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(JobEventCodec.Write(read)));
    }

    [Fact]
    public void A_submission_is_stored_as_a_job_file()
    {
        var job = ServicesSubject.Job("map", instances: 3, maxFailures: 2) with
        {
            Priority = 4,
            Constraints = [new JobConstraint.Limit("host", 1)],
        };
        var bytes = JobEventCodec.Write(new JobEvent.Submitted([job], At));
        var read = Assert.IsType<JobEvent.Submitted>(JobEventCodec.Read(bytes));
        Assert.Equal(At, read.At);
        Assert.Equal(bytes, JobEventCodec.Write(read));
        Assert.StartsWith("[\"submitted/1\",639029198450000000,{\"jobs\":[{\"role\":\"r\"",
            Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_book_is_stored_whole()
    {
        var map = ServicesSubject.Job("map", instances: 3);
        var reduce = ServicesSubject.Job("reduce") with { After = [map.Key] };
        JobEvent[] events =
        [
            new JobEvent.Submitted([map, reduce], At),
            new JobEvent.Staged([new StagedAttempt(new AttemptId(1, 0, 0), new AgentId("a"), "h", [])], At),
            new JobEvent.Staged([new StagedAttempt(new AttemptId(1, 1, 0), new AgentId("a"), "h", [])], At),
            new JobEvent.Ended([new EndedAttempt(new AttemptId(1, 0, 0), InstanceOutcome.Finishes, At, End)]),
            new JobEvent.Ended([new EndedAttempt(new AttemptId(1, 1, 0), InstanceOutcome.IsLost, At, End)]),
        ];
        var book = events.Aggregate(JobBook.Empty, (now, @event) => now.Apply(@event));
        var read = JobBookCodec.Read(JobBookCodec.Write(book));
        Assert.Equal(JobBookCodec.Write(book), JobBookCodec.Write(read));
        Assert.Equal((book.ActiveJobs, book.ActiveTasks), (read.ActiveJobs, read.ActiveTasks));
        Assert.Equal(book.NextIncarnation, read.NextIncarnation);
        Assert.Equal(book.Jobs[1].Again, read.Jobs[1].Again);
        Assert.Equal(2, read.Jobs[1].FirstFresh);
        Assert.Single(read.Find(reduce.Key)!.WaitsFor);
    }

    [Fact]
    public void What_a_later_version_wrote_is_refused_by_name()
    {
        var error = Assert.Throws<NotSupportedException>(() => JobEventCodec.Read("[\"moved/9\",1]"u8.ToArray()));
        Assert.Contains("moved/9", error.Message, StringComparison.Ordinal);
    }
}
