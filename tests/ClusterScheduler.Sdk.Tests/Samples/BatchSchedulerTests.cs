using Akka.Actor;
using BatchFramework;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Sdk.TestKit;

namespace ClusterScheduler.Sdk.Tests.Samples;

/// <summary>The sample framework of docs/sdk.md, tested as its author would.</summary>
public sealed class BatchSchedulerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("batch");
    private readonly FrameworkFake _fake;
    private readonly SchedulerSettings _settings =
        new(new("batch-1"), new FrameworkInfo("batch", "nobody", ["batch"]));

    public BatchSchedulerTests()
    {
        _fake = FrameworkFake.Start(_system);
        _fake.Patience = TimeSpan.FromSeconds(10);
        ClusterRefs.Of(_system).Set(ActorRefs.Nobody, _fake.Frameworks, ActorRefs.Nobody);
    }

    [Fact]
    public async Task Every_line_is_run_and_its_end_is_told()
    {
        _fake.RunTasks(static task => task.Plan.Processes[0].Arguments[^1] == "false"
            ? TaskState.Failed
            : TaskState.Finished);
        var done = BatchScheduler.Run(_system, _settings, "true", "false", "echo hello");
        await _fake.ExpectSubscribe();

        _fake.Offer("cpus:1;mem:64", "agent-1");
        _fake.Offer("cpus:8;mem:16", "agent-2");
        Assert.Equal(2, (await _fake.ExpectAccept()).Launches.Length);
        Assert.Equal("offer-2", (await _fake.ExpectDecline()).OfferIds.Single().Value);
        _fake.Offer("cpus:4;mem:1024", "agent-3");
        Assert.Single((await _fake.ExpectAccept()).Launches);

        var ends = await done.WaitAsync(_fake.Patience);
        Assert.Equal(
            [TaskState.Finished, TaskState.Failed, TaskState.Finished], ends.Select(static end => end.State));
        await _fake.Expect<FrameworkProtocol.SuppressOffers>();
        await _fake.Expect<FrameworkProtocol.Teardown>();
    }

    [Fact]
    public async Task A_line_that_never_ran_is_launched_again_under_a_new_id()
    {
        var done = BatchScheduler.Run(_system, _settings, "true");
        await _fake.ExpectSubscribe();
        _fake.Offer("cpus:1;mem:64");
        var first = (await _fake.ExpectAccept()).Launches.Single().TaskId;

        _fake.Update(first, TaskState.Dropped, StatusReason.InvalidOffers, "the offer had ended");
        await _fake.Expect<FrameworkProtocol.ReviveOffers>();
        _fake.RunTasks(static _ => TaskState.Finished);
        _fake.Offer("cpus:1;mem:64");

        Assert.NotEqual(first, (await _fake.ExpectAccept()).Launches.Single().TaskId);
        Assert.Equal(TaskState.Finished, (await done.WaitAsync(_fake.Patience)).Single().State);
    }

    [Fact]
    public async Task It_survives_a_new_master_and_a_lost_connection()
    {
        var done = BatchScheduler.Run(_system, _settings, "true");
        await _fake.ExpectSubscribe();
        _fake.Offer("cpus:1;mem:64");
        var task = (await _fake.ExpectAccept()).Launches.Single().TaskId;

        _fake.FailOverMaster();
        _fake.Crash();
        await _fake.ExpectSubscribe();
        _fake.Update(task, TaskState.Finished);

        Assert.Equal(TaskState.Finished, (await done.WaitAsync(_fake.Patience)).Single().State);
    }

    public void Dispose()
    {
        _fake.Dispose();
        _system.Terminate().Wait(TimeSpan.FromSeconds(10));
    }
}
