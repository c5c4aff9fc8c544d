using System.Globalization;
using System.Text.Json;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// Work for a cluster while things break, and what its user can see of it: tasks that run until they are let go, jobs
/// that come and go meanwhile, a framework of another process that uses every offer twice, and every start written down
/// by the task itself. The invariants (architecture.md, section 3) are checked by what tasks, the framework and the
/// operator's lists say; that same inputs lead to same decisions (I10) is the simulation's to show.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    /// <summary>Each look lists all agents with their tasks.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private const decimal LongCpus = 0.1m;
    private const decimal ShortCpus = 0.5m;

    /// <summary>Three tasks of the witness, which always wants more.</summary>
    private const decimal WitnessLimit = 0.3m;

    private readonly RealCluster _cluster;
    private readonly TaskLog _log;
    private readonly Dictionary<string, decimal> _totals = new(StringComparer.Ordinal);
    private Witness? _witness;
    private readonly Gate _gate;
    private readonly List<(string Job, int Instances)> _acknowledged = [];
    private int _jobs;
    private long _epoch;

    public Load(RealCluster cluster)
    {
        _cluster = cluster;
        _log = new TaskLog(cluster.Workspace.Inside("starts"));
        _gate = new Gate(cluster.Workspace.Inside("gate"));
    }

    /// <summary>The newest epoch that any answer had.</summary>
    public long Epoch => _epoch;

    /// <summary>Tasks that run until <see cref="LetGo"/>; all of them run when this returns, and the witness is at
    /// work.</summary>
    public async Task Begin(ClusterNode through, int tasks)
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"cpus:{WitnessLimit}");
        await Until(through, "the quota to be taken", async () =>
            (await through.Ask("quota", "set", Witness.Role, "--limit", limit)).ExitCode == 0);
        await Submit(through, tasks, _gate.Wait, LongCpus);
        await Until(through, "every task to run", async () => await Count(through, "active") == tasks);
        _witness = new Witness(_cluster, _log);
        await Until(through, "the witness to see a task end", () => Task.FromResult(_witness.Book.Finished > 0));
    }

    /// <summary>A job that is over soon; repeated until it is taken.</summary>
    public Task Submit(ClusterNode through, int instances = 5) => Submit(through, instances, "true", ShortCpus);

    /// <summary>Every job that was taken but those that wait to be let go has finished.</summary>
    public Task ShortJobsFinish(ClusterNode through) => Until(through, "the short jobs to finish", async () =>
    {
        var jobs = await Jobs(through);
        return jobs is not null && _acknowledged.Skip(1).All(job => jobs.GetValueOrDefault(job.Job) == "finished");
    });

    /// <summary>Lets the long tasks end, and checks what a user of the cluster relies on.</summary>
    public async Task LetGo(ClusterNode through)
    {
        await Dismiss(through, _witness!);
        _gate.Open();
        await Until(through, "all jobs to finish", async () =>
        {
            var jobs = await Jobs(through);
            return jobs is not null && _acknowledged.All(job => jobs.GetValueOrDefault(job.Job) == "finished");
        });
        Check();
        var starts = _log.Started.Count(static task => !task.StartsWith(Witness.Role, StringComparison.Ordinal));
        var taken = _acknowledged.Sum(job => job.Instances);
        Assert.True(starts >= taken, $"{starts} tasks started; {taken} were taken (I7)");
        await Until(through, "every agent to be free", async () => await IsFree(through));
    }

    /// <summary>What tasks have written down so far: none began twice, and none were too many at once.</summary>
    public void Check() => _log.Check(_totals, new Dictionary<string, decimal> { [Witness.Role] = WitnessLimit });

    /// <summary>Nothing is given twice, and no older master speaks: as the agents' list says.</summary>
    public async Task Look(ClusterNode through)
    {
        using var list = await through.Json("agent", "list");
        if (list is null)
        {
            return;
        }

        var epoch = list.RootElement.GetProperty("epoch").GetInt64();
        Assert.True(epoch >= _epoch, $"epoch {epoch} after {_epoch}");
        _epoch = epoch;
        foreach (var agent in list.RootElement.GetProperty("agents").EnumerateArray())
        {
            _totals[agent.GetProperty("id").GetString()!] = Amount(agent, "total", "cpus");
            foreach (var resource in (string[])["cpus", "mem", "disk"])
            {
                var (total, used) = (Amount(agent, "total", resource), Amount(agent, "used", resource));
                var tasks = agent.GetProperty("tasks").EnumerateArray()
                    .Sum(task => Amount(task, "resources", resource));
                Assert.True(used + Amount(agent, "offered", resource) <= total, $"{resource} is given twice: {agent}");
                Assert.Equal(used, tasks);
            }
        }
    }

    /// <summary>Waits until the node says so, looking at the invariants all the while.</summary>
    public async Task Until(ClusterNode through, string what, Func<Task<bool>> condition)
    {
        try
        {
            await Poll.UntilAsync(
                async () =>
                {
                    await Look(through);
                    return await condition();
                },
                () => what,
                Step);
        }
        catch (TimeoutException late)
        {
            var jobs = await through.Ask("job", "list");
            var members = await through.Ask("cluster", "members");
            var shards = await through.Ask("cluster", "shards");
            throw new TimeoutException(
                $"{late.Message}\n{_witness?.Fault}\n{_witness?.Book.Tell()}\n{jobs}\n{members}\n{shards}\n"
                + _cluster.Tell());
        }

        await Look(through);
    }

    public async ValueTask DisposeAsync()
    {
        if (_witness is not null)
        {
            await _witness.DisposeAsync();
        }

        _gate.Dispose();
    }

    /// <summary>
    /// Now that nothing is broken any more, the witness, which never has enough, is offered something again (I9). Then
    /// it waits for the last of its tasks.
    /// </summary>
    private async Task Dismiss(ClusterNode through, Witness witness)
    {
        var finished = witness.Book.Finished;
        await Until(through, "the witness to run more", () => Task.FromResult(witness.Book.Finished > finished + 3));
        witness.Book.IsClosing = true;
        await Until(through, "the witness' tasks to end", () => Task.FromResult(witness.Book.Open.IsEmpty));
        _witness = null;
        await witness.DisposeAsync();
        Assert.Null(witness.Fault);
        witness.Book.Check(_log.Started);
    }

    private async Task Submit(ClusterNode through, int instances, string command, decimal cpus)
    {
        var name = "";
        await Until(through, "a job to be taken", async () =>
        {
            // A refused one may have been taken all the same, its answer lost: the next one has another name.
            name = string.Create(CultureInfo.InvariantCulture, $"job{++_jobs}");
            var file = _cluster.Workspace.File(name + ".yaml", $$"""
                jobs:
                  - name: {{name}}
                    instances: {{instances}}
                    task:
                      command: '{{_log.Around(command, cpus)}}'
                      resources: {cpus: {{cpus.ToString(CultureInfo.InvariantCulture)}}, mem: 8MiB, disk: 1MiB}
                """);
            return (await through.Ask("job", "run", file)).ExitCode == 0;
        });
        _acknowledged.Add(($"default/devel/{name}", instances));
    }

    private async Task<int> Count(ClusterNode through, string property)
    {
        using var list = await through.Json("job", "list");
        return list?.RootElement.GetProperty("jobs").EnumerateArray().Sum(job => job.GetProperty(property).GetInt32())
            ?? -1;
    }

    private static async Task<Dictionary<string, string>?> Jobs(ClusterNode through)
    {
        using var list = await through.Json("job", "list");
        return list?.RootElement.GetProperty("jobs").EnumerateArray().ToDictionary(
            job => job.GetProperty("key").GetString()!, job => job.GetProperty("phase").GetString()!);
    }

    private static async Task<bool> IsFree(ClusterNode through)
    {
        using var list = await through.Json("agent", "list");
        return list is not null && list.RootElement.GetProperty("agents").EnumerateArray().All(
            agent => Amount(agent, "used", "cpus") == 0);
    }

    private static decimal Amount(JsonElement element, string set, string resource) =>
        element.GetProperty(set).TryGetProperty(resource, out var amount) ? amount.GetDecimal() : 0;
}
