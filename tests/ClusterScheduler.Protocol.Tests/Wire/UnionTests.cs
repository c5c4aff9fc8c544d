using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

public sealed class UnionTests(WireSubject subject) : IClassFixture<WireSubject>
{
    private const string Manifest = "services.request-refused/1";

    [Fact]
    public void A_case_is_named_before_its_facts() =>
        Assert.Equal(
            """{"reason":{"tooManyJobs":{"limit":7}}}""",
            subject.Write(new ServicesProtocol.RequestRefused(new JobRefusal.TooManyJobs(7))));

    [Fact]
    public void Every_case_of_a_refusal_comes_back()
    {
        var key = new JobKey("www", "prod", "shop");
        JobRefusal[] refusals =
        [
            new JobRefusal.AlreadyActive(key), new JobRefusal.AlreadyEnded(key), new JobRefusal.TooManyJobs(1),
            new JobRefusal.TooManyTasks(2), new JobRefusal.UnknownInstance(key, 3), new JobRefusal.UnknownJob(key),
        ];
        Assert.All(refusals, refusal => Assert.Equal(refusal, subject.Read<ServicesProtocol.RequestRefused>(
            subject.Write(new ServicesProtocol.RequestRefused(refusal)), Manifest).Reason));
    }

    [Theory]
    [InlineData("""{"reason":{"cosmicRays":{}}}""", "'cosmicRays' is no JobRefusal; this version knows alreadyActive")]
    [InlineData("""{"reason":{}}""", "JobRefusal as an object with one property")]
    [InlineData("""{"reason":[]}""", "JobRefusal as an object with one property")]
    [InlineData("""{"reason":{"tooManyJobs":{"limit":7},"tooManyTasks":{"limit":7}}}""", "nothing more of JobRefusal")]
    public void What_is_no_case_is_refused_with_its_place(string json, string why)
    {
        var refusal = Assert.Throws<WireFormatException>(
            () => subject.Read<ServicesProtocol.RequestRefused>(json, Manifest));
        Assert.Contains("RequestRefused.reason", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_submission_crosses_as_the_job_file_that_users_write()
    {
        var json = subject.Write(new ServicesProtocol.SubmitJobs(SampleJobs.File));
        Assert.StartsWith("""{"file":{"jobs":[{""", json, StringComparison.Ordinal);
        Assert.Null(Deep.Difference(
            SampleJobs.File, subject.Read<ServicesProtocol.SubmitJobs>(json, "services.submit-jobs/1").File));
    }
}
