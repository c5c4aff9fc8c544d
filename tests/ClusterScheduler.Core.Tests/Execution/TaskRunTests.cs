using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Core.Tests.Execution;

public sealed class TaskRunTests
{
    private static readonly ExitStatus Success = new ExitStatus.Exited(0);

    private static readonly ExitStatus Failure = new ExitStatus.Exited(3);

    [Fact]
    public void A_single_command_starts_ends_and_is_announced()
    {
        var task = new Script(TaskPlan.OfShell("true"));

        task.Give(new TaskRunCommand.Start());
        Assert.Equal("Spawn command 1", task.Effects);
        task.Started("command", 1);
        task.Ended("command", 1, Success);
        Assert.Equal("Terminate", task.Effects);
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal("Announce Finished", task.Effects);
    }

    [Fact]
    public void A_process_that_may_fail_twice_succeeds_the_third_time()
    {
        var task = new Script(Plan([new("p", ["x"]) { MaxFailures = 3, MinDuration = TimeSpan.FromSeconds(5) }]));
        task.Give(new TaskRunCommand.Start());
        for (var run = 1; run <= 2; run++)
        {
            task.Started("p", run);
            task.Ended("p", run, Failure);
            Assert.Equal("", task.Effects);
            Assert.Equal(TimeSpan.FromSeconds(5 * run), TaskRun.NextWake(task.State, task.Now));
            task.Now = TimeSpan.FromSeconds(5 * run);
            task.Give(new TaskRunCommand.Wake());
            Assert.Equal($"Spawn p {run + 1}", task.Effects);
        }

        task.Started("p", 3);
        task.Ended("p", 3, Success);
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal("Announce Finished", task.Effects);
    }

    [Fact]
    public void The_final_process_runs_after_a_failure_and_the_failure_stays_decisive()
    {
        var task = new Script(Plan([new("work", ["x"]), new("after", ["x"]), new("last", ["x"]) { Final = true }],
            [new("work", "after")]));
        task.Give(new TaskRunCommand.Start());
        task.Started("work", 1);
        task.Ended("work", 1, Failure);
        task.Give(new TaskRunCommand.ReportTreeGone());
        Assert.Equal("Spawn last 1", task.Effects);
        task.Started("last", 1);
        task.Ended("last", 1, Success);
        Assert.Equal("Sweep", task.Effects);
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal(new TaskOutcome.Failed("work", 1, Failure), task.State.Result!.Outcome);
        Assert.Equal("after", Assert.Single(task.State.Result.NeverRan));
    }

    [Fact]
    public void A_kill_asks_first_and_forces_after_its_grace()
    {
        var task = new Script(TaskPlan.OfShell("sleep 9"));
        task.Give(new TaskRunCommand.Start());
        task.Started("command", 1);

        task.Give(new TaskRunCommand.Kill(TimeSpan.FromSeconds(7)));
        Assert.Equal("Terminate", task.Effects);
        Assert.Equal(TimeSpan.FromSeconds(7), TaskRun.NextWake(task.State, task.Now));
        task.Now = TimeSpan.FromSeconds(7);
        task.Give(new TaskRunCommand.Wake());
        Assert.Equal("Sweep", task.Effects);
        task.Ended("command", 1, new ExitStatus.Signaled(9, false));
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal("Announce Killed", task.Effects);
    }

    [Fact]
    public void An_ephemeral_process_is_stopped_when_the_work_is_done()
    {
        var task = new Script(Plan([new("work", ["x"]), new("tail", ["x"]) { Ephemeral = true, Daemon = true }]));
        task.Give(new TaskRunCommand.Start());
        Assert.Equal("Spawn work 1, Spawn tail 1", task.Effects);
        task.Started("work", 1);
        task.Started("tail", 1);
        task.Ended("work", 1, Success);
        Assert.Equal("Terminate", task.Effects);
        task.Give(new TaskRunCommand.ReportTreeGone());
        Assert.Equal("", task.Effects);
        task.Ended("tail", 1, new ExitStatus.Signaled(15, false));
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal("Announce Finished", task.Effects);
    }

    [Fact]
    public void An_end_that_nobody_saw_ends_the_task_as_lost_and_starts_nothing_again()
    {
        var task = new Script(Plan([new("p", ["x"]) { MaxFailures = 9 }]));
        task.Give(new TaskRunCommand.Start());
        task.Started("p", 1);
        task.Ended("p", 1, new ExitStatus.Unknown(UnknownCause.NotReaped));
        task.Give(new TaskRunCommand.ReportTreeGone());

        Assert.Equal(new TaskOutcome.Lost(UnknownCause.NotReaped), task.State.Result!.Outcome);
    }

    [Fact]
    public void Reports_of_an_older_run_change_nothing()
    {
        var task = new Script(TaskPlan.OfShell("x"));
        task.Give(new TaskRunCommand.Start());
        task.Started("command", 1);

        task.Ended("command", 0, Failure);
        task.Ended("other", 1, Failure);
        task.Started("command", 1);
        task.Give(new TaskRunCommand.Start());

        Assert.Equal("", task.Effects);
        Assert.Equal(ProcessState.Running, task.State.Processes[0].State);
    }

    [Fact]
    public void Every_pair_of_states_that_is_not_in_the_table_is_refused()
    {
        foreach (var from in Enum.GetValues<ProcessState>())
        {
            foreach (var to in Enum.GetValues<ProcessState>().Where(to => to != ProcessState.Waiting))
            {
                var state = TaskRunState.Of(TaskPlan.OfShell("x"));
                state = state with { Processes = [state.Processes[0] with { State = from, Runs = 1 }] };
                TaskRunEvent @event = to switch
                {
                    ProcessState.Forked => new TaskRunEvent.ProcessForked("command", 2, default),
                    ProcessState.Running => new TaskRunEvent.ProcessStarted("command", 1, default, default),
                    _ => new TaskRunEvent.ProcessEnded("command", 1, Failure, default, to, default),
                };
                var isAllowed = Record.Exception(() => TaskRun.Apply(state, @event)) is null;
                Assert.True(isAllowed == TaskRunTransitions.Processes.Contains((from, to)), $"{from} to {to}");
            }
        }
    }

    [Fact]
    public void Every_pair_of_stages_that_is_not_in_the_table_is_refused()
    {
        foreach (var from in Enum.GetValues<TaskStage>())
        {
            foreach (var to in Enum.GetValues<TaskStage>())
            {
                var state = TaskRunState.Of(TaskPlan.OfShell("x")) with { Stage = from };
                var entered = new TaskRunEvent.StageEntered(to, null, null, default);
                var isAllowed = Record.Exception(() => TaskRun.Apply(state, entered)) is null;
                Assert.True(isAllowed == TaskRunTransitions.Stages.Contains((from, to)), $"{from} to {to}");
            }
        }
    }

    private static TaskPlan Plan(ImmutableArray<ProcessSpec> processes, ImmutableArray<ProcessOrder> order = default) =>
        TaskPlan.OfShell("") with { Processes = processes, Order = order.IsDefault ? [] : order };

    private sealed class Script(TaskPlan plan)
    {
        public TaskRunState State { get; private set; } = TaskRunState.Of(plan);

        public TimeSpan Now { get; set; }

        public string Effects { get; private set; } = "";

        public void Give(TaskRunCommand command)
        {
            var decision = TaskRun.Decide(State, command, Now);
            State = decision.Events.Aggregate(State, TaskRun.Apply);
            Effects = string.Join(", ", decision.Effects.Select(effect => effect switch
            {
                TaskRunEffect.Spawn spawn => $"Spawn {spawn.Process.Name} {spawn.Run}",
                TaskRunEffect.Announce announce => $"Announce {announce.Result.Outcome.GetType().Name}",
                _ => effect.GetType().Name,
            }));
        }

        public void Started(string process, int run) =>
            Give(new TaskRunCommand.ReportStarted(process, run, new ProcessIdentity(100, 1)));

        public void Ended(string process, int run, ExitStatus status) =>
            Give(new TaskRunCommand.ReportEnded(process, run, status, default));
    }
}
