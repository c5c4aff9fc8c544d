using ClusterScheduler.Core.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Core.Tests.Execution;

/// <summary>Random plans, ends, failed starts and kills. A failure names its seed and how to replay it.</summary>
public sealed class TaskRunProperties
{
    private const int Worlds = 3_000;

    [Fact]
    public void Safety_order_is_kept_no_two_runs_at_once_and_nothing_runs_off_the_record() =>
        ForAllWorlds(world => world.Broken);

    [Fact]
    public void Liveness_every_task_ends_and_every_final_process_that_may_run_has_run() => ForAllWorlds(world =>
        world.State.Stage != TaskStage.Ended ? $"it stands in {world.State.Stage}"
        : world.Plan.MaxConcurrency == 0
            && world.State.Processes.Any(process => process is { Spec.Final: true, Runs: 0, WaitsFor.IsEmpty: true })
            ? "a final process that waits for none never ran"
        : null);

    [Fact]
    public void The_outcome_follows_from_what_failed_and_from_the_kill() => ForAllWorlds(world =>
    {
        var failed = world.State.Processes.Count(process => process.State == ProcessState.Failed);
        var isTooMuch = world.Plan.MaxFailures > 0 && failed >= world.Plan.MaxFailures;
        return world.State.Result!.Outcome switch
        {
            TaskOutcome.Failed when !isTooMuch => "it failed with fewer failures than the limit",
            TaskOutcome.Finished when isTooMuch => "it finished with more failures than the limit",
            TaskOutcome.Killed when !world.WasKilled => "it was killed by nobody",
            TaskOutcome.Lost or TaskOutcome.Dropped => "nothing was lost",
            _ => null,
        };
    });

    [Fact]
    public void Replay_the_events_alone_give_the_same_state_also_through_the_record() => ForAllWorlds(world =>
    {
        var opening = new RunLogOpening.Opened("boot", DateTimeOffset.UnixEpoch, new ProcessIdentity(7, 9));
        var text = RunLogCodec.Encode(opening) + string.Concat(world.Events.Select(RunLogCodec.Encode));
        var log = RunLogCodec.Decode(System.Text.Encoding.UTF8.GetBytes(text));
        var replayed = log.Events.Aggregate(TaskRunState.Of(world.Plan), TaskRun.Apply);
        return log.IsDamaged || log.Opening != opening ? "the record is damaged"
            : replayed.Stage != world.State.Stage || replayed.Usage != world.State.Usage
                || replayed.Result!.Outcome != world.State.Result!.Outcome
                || !replayed.Processes.Select(Essence).SequenceEqual(world.State.Processes.Select(Essence))
                ? "the state differs"
            : null;
    });

    private static (string, ProcessState, int, int) Essence(ProcessRunState process) =>
        (process.Spec.Name, process.State, process.Runs, process.Failures);

    private static void ForAllWorlds(Func<TaskWorld, string?> broken)
    {
        if (Environment.GetEnvironmentVariable("SEED") is { } seed)
        {
            Holds(int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
            return;
        }

        var config = Config.QuickThrowOnFailure.WithMaxTest(Worlds);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), Holds).Check(config);

        void Holds(int number)
        {
            var world = new TaskWorld(number);
            world.Run();
            var wrong = world.Broken ?? broken(world);
            Assert.True(wrong is null, $"seed {number}: {wrong}; replay: "
                + $"SEED={number} dotnet test tests/ClusterScheduler.Core.Tests --filter {nameof(TaskRunProperties)}");
        }
    }
}
