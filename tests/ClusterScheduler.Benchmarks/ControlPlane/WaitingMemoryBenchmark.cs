using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Services;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// What a waiting task costs the service scheduler in the worst case, in which each is a job of its own; instances of
/// one job cost nothing before they are launched.
/// </summary>
internal sealed class WaitingMemoryBenchmark : IBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public string Name => "task-memory-waiting";

    public string Summary => "bytes in the service scheduler per waiting task, each a job of its own, no agents";

    public Target? Target => Target.AtMost(4 * 1024);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("files", 10, $"job files, each with {JobLimits.JobsPerFileMax} jobs of one task"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var plane = ControlPlane.Start(durable: true, 0, ResourceSet.Empty, finishes: false, frameworks: 1);
        var services = plane.System.ActorOf(
            ServiceScheduler.Props(ClusterRefs.Of(plane.System).Frameworks, new ServicesSettings()));
        Submit(services, -1);
        var before = HeapSize.Settled();
        for (var file = 0; file < options.Int("files"); file++)
        {
            Submit(services, file);
        }

        var after = HeapSize.Settled();
        var tasks = options["files"] * JobLimits.JobsPerFileMax;
        log.WriteLine($"  {before / 1024} KiB before, {after / 1024} KiB with {tasks} waiting tasks more");
        return new Figure((double)(after - before) / tasks, "bytes/task");
    }

    // Each job has texts of its own, as jobs read from different files would.
    private static void Submit(IActorRef services, int file)
    {
        var jobs = Enumerable.Range(0, JobLimits.JobsPerFileMax).Select(index => new JobSpec(
            new JobKey("load", "devel", $"job-{file}-{index}"),
            new TaskSpec(TaskPlan.OfShell($"echo {file} {index}"), TaskResources.Default)));
        var answer = services.Ask<object>(
            new ServicesProtocol.SubmitJobs(new JobFile([], [.. jobs])), Patience).Result;
        if (answer is not ServicesProtocol.JobsAccepted)
        {
            throw new InvalidOperationException($"the jobs were not taken: {answer}");
        }
    }
}
