using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Sdk.TestKit;

namespace ClusterScheduler.Services.Tests;

/// <summary>A service scheduler with a fake cluster below it and its journal in memory.</summary>
internal sealed class ServicesSubject : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ActorSystem _system = ActorSystem.Create("services-tests");
    private IActorRef _scheduler;
    private int _starts;

    private ServicesSubject()
    {
        Fake = FrameworkFake.Start(_system);
        Fake.Patience = Patience;
        _scheduler = Start();
    }

    public FrameworkFake Fake { get; }

    public static ServicesSettings Settings { get; } = new()
    {
        Policy = new JobPolicy { RetryDelayMin = TimeSpan.FromMilliseconds(1) },
        GatherQuiet = TimeSpan.FromMilliseconds(50),
    };

    public static JobSpec Job(
        string name, int instances = 1, double cpus = 1, int maxFailures = 1, string command = "true") =>
        new(new JobKey("r", "devel", name), new TaskSpec(TaskPlan.OfShell(command), TaskResources.Default with
        {
            Cpus = Scalar.Of(cpus),
        }) { MaxFailures = maxFailures }) { Instances = instances };

    /// <summary>One whose subscription the cluster has answered.</summary>
    public static async Task<ServicesSubject> Connected()
    {
        var subject = new ServicesSubject();
        await subject.Fake.ExpectSubscribe();
        await subject.Fake.Settle();
        return subject;
    }

    public Task<object> Ask(object question) => _scheduler.Ask<object>(question, Patience);

    public async Task<T> Ask<T>(object question)
    {
        var answer = await Ask(question);
        return answer is T expected ? expected : throw new InvalidOperationException($"answered with {answer}");
    }

    /// <summary>One to whom the scheduler tells changes, and how to ask it in its name.</summary>
    public JobsListener Listen()
    {
        var heard = Channel.CreateUnbounded<ServicesProtocol.JobsChanged>();
        var writer = heard.Writer;
        var listener = _system.ActorOf(Props.Create(() => new ListeningActor(writer)));
        return new JobsListener(
            question => _scheduler.Tell(question, listener),
            () => heard.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    public async Task<ServicesProtocol.JobsAccepted> Submit(params JobSpec[] jobs) =>
        await Ask<ServicesProtocol.JobsAccepted>(new ServicesProtocol.SubmitJobs(new JobFile([], [.. jobs])));

    public async Task<ServicesProtocol.JobSummary> Job(JobKey key) =>
        (await Ask<ServicesProtocol.JobDetails>(new ServicesProtocol.ShowJob(key))).Summary;

    /// <summary>Asks until the job is as wanted.</summary>
    public async Task<ServicesProtocol.JobSummary> Until(JobKey key, Func<ServicesProtocol.JobSummary, bool> holds)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        var job = await Job(key);
        while (!holds(job))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"in vain waited for {key}; it is {job}");
            await Task.Yield();
            job = await Job(key);
        }

        return job;
    }

    /// <summary>The launches of the next accepts, until there are so many.</summary>
    public async Task<List<TaskInfo>> Launched(int count)
    {
        var tasks = new List<TaskInfo>();
        while (tasks.Count < count)
        {
            tasks.AddRange((await Fake.ExpectAccept()).Launches);
        }

        return tasks;
    }

    /// <summary>Ends the actor as if its process were killed, and starts another on the same journal.</summary>
    public async Task Restart()
    {
        await _scheduler.GracefulStop(Patience);
        _scheduler = Start();
    }

    public void Dispose()
    {
        Fake.Dispose();
        _system.Terminate().Wait(Patience);
        _system.Dispose();
    }

    private IActorRef Start() =>
        _system.ActorOf(ServiceScheduler.Props(Fake.Frameworks, Settings), $"services-{++_starts}");

    private sealed class ListeningActor : ReceiveActor
    {
        public ListeningActor(ChannelWriter<ServicesProtocol.JobsChanged> heard) =>
            Receive<ServicesProtocol.JobsChanged>(change => heard.TryWrite(change));
    }
}

/// <summary>One who watches jobs.</summary>
internal sealed record JobsListener(
    Action<ServicesProtocol.WatchJobs> Ask, Func<Task<ServicesProtocol.JobsChanged>> Hear);
