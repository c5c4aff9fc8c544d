using System.Text.Json;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>kill -9 of csched dev with 50 tasks running: nothing lost, nothing run twice.</summary>
public sealed class KillTests
{
    private const int Tasks = 50;

    /// <summary>Tasks that end while nobody looks, with this exit code.</summary>
    private const int ExitWhileDown = 7;

    [Fact]
    public async Task Running_tasks_are_found_again_and_none_runs_twice()
    {
        using var workspace = new Workspace();
        using var gate = new Gate(workspace.Inside("gate"));
        await using var cluster = DevCluster.Start(workspace, "--agents", "3");
        var file = workspace.File("jobs.yaml", $$"""
            jobs:
              - name: survivors
                instances: {{Tasks}}
                task:
                  resources: {cpus: 0.1, mem: 16MiB}
                  command: |
                    echo "$MESOS_TASK_ID {{"{{instance}}"}}" >> {{workspace.Inside("started")}}
                    {{gate.Wait}}
                    echo "{{"{{instance}}"}}" >> {{workspace.Inside("ended")}}
            """);
        var submitted = await cluster.Ask("job", "run", file);
        Assert.True(submitted.ExitCode == 0, submitted.ToString());
        Poll.Until(
            () => workspace.Lines("started").Length == Tasks,
            () => $"{Tasks} tasks to start, not {workspace.Lines("started").Length}; {cluster.Process.Output}");

        await cluster.KillAndRestart("--agents", "3");
        gate.Open();
        await AllEnded(cluster, "survivors");

        Assert.Equal(Tasks, workspace.Lines("started").Length);
        Assert.Equal(Tasks, workspace.Lines("started").Distinct().Count());
        Assert.Equal(Enumerable.Range(0, Tasks).Select(i => $"{i}").Order(), workspace.Lines("ended").Order());
        await AllInState(cluster, "TASK_FINISHED", exitCode: 0);
    }

    [Fact]
    public async Task Tasks_that_end_while_it_is_down_are_reported_with_their_true_exit_status()
    {
        using var workspace = new Workspace();
        using var gate = new Gate(workspace.Inside("gate"));
        await using var cluster = DevCluster.Start(workspace, "--agents", "3");
        var file = workspace.File("jobs.yaml", $$"""
            jobs:
              - name: leavers
                instances: {{Tasks}}
                task:
                  resources: {cpus: 0.1, mem: 16MiB}
                  command: |
                    echo "{{"{{instance}}"}}" >> {{workspace.Inside("started")}}
                    {{gate.Wait}}
                    echo "{{"{{instance}}"}}" >> {{workspace.Inside("ended")}}
                    exit {{ExitWhileDown}}
            """);
        var submitted = await cluster.Ask("job", "run", file);
        Assert.True(submitted.ExitCode == 0, submitted.ToString());
        Poll.Until(() => workspace.Lines("started").Length == Tasks, () => $"{Tasks} tasks to start");

        cluster.Process.Signal(Csched.Sigkill);
        await cluster.Process.Ended();
        gate.Open();
        Poll.Until(() => workspace.Lines("ended").Length == Tasks, () => $"{Tasks} tasks to end");
        Poll.Until(() => RunningProcess.TasksOf(workspace.Directory).Count == 0, () => "their processes to end");
        await using var again = DevCluster.Start(workspace, "--agents", "3");
        await AllEnded(again, "leavers");

        Assert.Equal(Tasks, workspace.Lines("started").Distinct().Count());
        Assert.Equal(Tasks, workspace.Lines("started").Length);
        await AllInState(again, "TASK_FAILED", ExitWhileDown);
    }

    private static async Task AllEnded(DevCluster cluster, string job)
    {
        using var client = cluster.Client();
        var states = "";
        var waiting = System.Diagnostics.Stopwatch.StartNew();
        while (waiting.Elapsed < Csched.Patience)
        {
            using var list = JsonDocument.Parse(await client.GetStringAsync("/v1/tasks?limit=1000"));
            var tasks = list.RootElement.GetProperty("tasks").EnumerateArray().Select(State).ToList();
            if (tasks.Count >= Tasks && tasks.TrueForAll(state => state is "TASK_FINISHED" or "TASK_FAILED"))
            {
                return;
            }

            states = string.Join(", ", tasks.CountBy(state => state).Select(pair => $"{pair.Value} {pair.Key}"));
        }

        throw new TimeoutException($"the tasks of {job} did not end: {states}\n{cluster.Process.Output}");
    }

    private static async Task AllInState(DevCluster cluster, string state, int exitCode)
    {
        using var client = cluster.Client();
        using var list = JsonDocument.Parse(await client.GetStringAsync("/v1/tasks?limit=1000"));
        var tasks = list.RootElement.GetProperty("tasks").EnumerateArray().ToList();
        Assert.Equal(Tasks, tasks.Count);
        Assert.All(tasks, task => Assert.Equal(state, State(task)));
        Assert.All(tasks, task => Assert.Equal(exitCode, task.GetProperty("exitCode").GetInt32()));
    }

    private static string State(JsonElement task) => task.GetProperty("state").GetString()!;
}
