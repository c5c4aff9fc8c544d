using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Runs;

/// <summary>How csched run ends, and that it leaves nothing behind.</summary>
public sealed class ExitTests
{
    [Fact]
    public async Task A_failed_task_is_shown_with_its_last_lines_and_its_exit_code()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", """
            jobs:
              - name: broken
                task: {command: "echo all is well; echo the disk is on fire >&2; exit 143"}
            """);
        var result = await Csched.Run(workspace, "run", file, "--data", workspace.Data);

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("the disk is on fire", result.Output, StringComparison.Ordinal);
        Assert.Contains("exit code 143", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("signal 15", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_a_signal_ended_says_so()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", """
            jobs:
              - name: broken
                task: {command: "kill -TERM $$"}
            """);
        var result = await Csched.Run(workspace, "run", file, "--data", workspace.Data);
        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("signal 15", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_gives_tasks_their_grace()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", $$"""
            jobs:
              - name: patient
                task:
                  kill_grace: 30s
                  command: |
                    trap 'echo asked to go > {{workspace.Inside("asked")}}; exit 0' TERM
                    echo up > {{workspace.Inside("up")}}
                    while true; do sleep 0.05; done
            """);
        await using var csched = Csched.Start(workspace, "run", file, "--data", workspace.Data);
        Poll.Until(() => File.Exists(workspace.Inside("up")), () => $"the task to run; {csched.Output}");
        csched.Signal(Csched.Sigint);
        var result = await csched.Ended();

        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Equal(["asked to go"], workspace.Lines("asked"));
        Assert.Empty(RunningProcess.Of(workspace.Directory));
    }

    [Fact]
    public async Task A_second_Ctrl_C_does_not_wait_for_them()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", $$"""
            jobs:
              - name: stubborn
                task:
                  kill_grace: 1h
                  command: |
                    trap 'echo asked >> {{workspace.Inside("asked")}}' TERM
                    echo up > {{workspace.Inside("up")}}
                    while true; do sleep 0.05; done
            """);
        await using var csched = Csched.Start(workspace, "run", file, "--data", workspace.Data);
        Poll.Until(() => File.Exists(workspace.Inside("up")), () => $"the task to run; {csched.Output}");
        csched.Signal(Csched.Sigint);
        Poll.Until(() => File.Exists(workspace.Inside("asked")), () => $"SIGTERM to come; {csched.Output}");
        csched.Signal(Csched.Sigint);
        var result = await csched.Ended();

        Assert.True(result.ExitCode == 130, result.ToString());
        Poll.Until(() => RunningProcess.Of(workspace.Directory).Count == 0, "nothing to be left");
    }

    [Fact]
    public async Task Kill_9_leaves_no_task_behind()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", $$"""
            jobs:
              - name: long
                instances: 6
                task: {command: "echo up >> {{workspace.Inside("up")}}; sleep 1000 & wait"}
            """);
        await using var csched = Csched.Start(workspace, "run", file, "--data", workspace.Data);
        Poll.Until(() => workspace.Lines("up").Length == 6, () => $"six tasks to run; {csched.Output}");
        Assert.NotEmpty(RunningProcess.TasksOf(workspace.Directory));
        csched.Signal(Csched.Sigkill);
        await csched.Ended();

        Poll.Until(
            () => RunningProcess.Of(workspace.Directory).Count == 0,
            () => "nothing to be left, but there is: "
                + string.Join("; ", RunningProcess.Of(workspace.Directory)));
    }
}
