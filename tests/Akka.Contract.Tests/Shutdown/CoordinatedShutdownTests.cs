using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Shutdown;

public sealed class CoordinatedShutdownTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<string> _ran = new();

    [Fact]
    public async Task Phases_run_in_their_order_and_end_the_system()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseClusterLeave);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);
        await shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance).WaitAsync(s_long);
        Assert.Equal(
            [
                CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceStop,
                CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            ],
            _ran);
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.Same(CoordinatedShutdown.ClusterLeavingReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task It_runs_once_and_keeps_the_first_reason()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);
        var first = shutdown.Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        var second = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await Task.WhenAll(first, second).WaitAsync(s_long);
        Assert.Single(_ran);
        Assert.Same(CoordinatedShutdown.ClusterDowningReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Terminate_runs_the_phases()
    {
        var system = Create();
        Add(CoordinatedShutdown.Get(system), CoordinatedShutdown.PhaseServiceStop);
        await system.Terminate().WaitAsync(s_long);
        Assert.Single(_ran);
    }

    [Fact]
    public async Task A_task_that_fails_does_not_stop_the_others()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind, "failing",
            () => Task.FromException<Done>(new InvalidOperationException("on purpose")));
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(s_long);
        Assert.Single(_ran);
    }

    [Fact]
    public async Task A_phase_that_takes_too_long_is_left()
    {
        var system = Create("akka.coordinated-shutdown.phases.service-unbind.timeout = 50ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind, "endless", () => new TaskCompletionSource<Done>().Task);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(s_long);
        Assert.Single(_ran);
    }

    [Fact]
    public async Task One_can_begin_at_a_later_phase()
    {
        var system = Create();
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop);
        Add(shutdown, CoordinatedShutdown.PhaseClusterLeave);
        await shutdown.Run(
            CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseClusterLeave).WaitAsync(s_long);
        Assert.Equal([CoordinatedShutdown.PhaseClusterLeave], _ran);
    }

    [Fact]
    public async Task Settings_can_keep_the_system_alive()
    {
        var system = Create("akka.coordinated-shutdown.terminate-actor-system = off, "
            + "akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(s_long);
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().WaitAsync(s_long);
    }

    [Fact]
    public void Settings_with_which_Terminate_could_never_end_the_system_are_refused() =>
        Assert.ThrowsAny<Exception>(() => Create("akka.coordinated-shutdown.terminate-actor-system = off"));

    [Fact]
    public async Task An_actor_can_end_its_own_system()
    {
        var system = Create();
        system.ActorOf(Props.Create(() => new Ending())).Tell("end");
        await system.WhenTerminated.WaitAsync(s_long);
    }

    [Fact]
    public async Task A_phase_that_does_not_exist_is_refused()
    {
        var system = Create();
        Assert.ThrowsAny<Exception>(() => Add(CoordinatedShutdown.Get(system), "no-such-phase"));
        await system.Terminate().WaitAsync(s_long);
    }

    private sealed class Ending : ReceiveActor
    {
        public Ending() => ReceiveAsync<string>(async _ => await Context.System.Terminate());
    }

    private static ActorSystem Create(string settings = "") =>
        ActorSystem.Create("short-lived", ConfigurationFactory.ParseString($"akka.loglevel = OFF, {settings}"));

    private void Add(CoordinatedShutdown shutdown, string phase) => shutdown.AddTask(phase, "task of " + phase, () =>
    {
        _ran.Enqueue(phase);
        return Task.FromResult(Done.Instance);
    });
}
