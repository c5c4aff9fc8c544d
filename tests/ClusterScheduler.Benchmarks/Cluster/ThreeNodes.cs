using System.Diagnostics;
using System.Globalization;
using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.Benchmarks.Cluster;

/// <summary>
/// Three node processes with all roles and a database of their own, and tasks that run on them. The first one leads and
/// has the master.
/// </summary>
internal sealed class ThreeNodes : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    // Seldom enough to be no load, often enough to be no part of the figure.
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(100);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("csched-bench-");
    private readonly List<BenchmarkNode> _nodes = [];
    private readonly FileStream _gate;

    internal ThreeNodes(string profile, int tasks)
    {
        // A lock that tasks wait for, without using the processor.
        _gate = new FileStream(Inside("gate"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        File.WriteAllText(Inside("secret"), "a secret of this benchmark, as long as one should be\n");
        var (store, ports) = (PostgresCluster.Shared.CreateDatabase(), FreePorts.Take(3));
        string[] seeds =
            [.. ports.SelectMany(static port => (string[])["--seed", $"akka.tcp://csched@127.0.0.1:{port}"])];
        foreach (var (index, port) in ports.Index())
        {
            var firstPort = 31000 + (index * 100);
            _nodes.Add(new BenchmarkNode(Inside($"n{index + 1}"),
                [
                    "--profile", profile, "--bind", $"127.0.0.1:{port}", "--hostname", $"n{index + 1}",
                    "--store", store, "--secret-file", Inside("secret"),
                    "--resources", $"cpus:100;mem:102400;disk:102400;ports:[{firstPort}-{firstPort + 99}]",
                    .. seeds,
                ]));
        }

        if (!First.Submit("long", tasks, $"echo >> {Inside("started")}; flock -s {Inside("gate")} true").Result)
        {
            throw new InvalidOperationException("the tasks were not taken");
        }

        Wait(() => File.Exists(Inside("started")) && new FileInfo(Inside("started")).Length >= tasks, "tasks to run");

        // Of a cluster that has just started the figure would say how fast that is.
        Wait(() => _nodes.TrueForAll(static node => node.IsQuiet()), "the nodes to come to rest");
    }

    /// <summary>The node with leader and master.</summary>
    internal BenchmarkNode First => _nodes[0];

    /// <summary>Submits a small job to another node again and again, until a task of one of them has run.</summary>
    internal TimeSpan UntilOffers(long since)
    {
        var (ran, number, next) = (Inside("ran"), 0, TimeSpan.Zero);
        Wait(
            () =>
            {
                if (Stopwatch.GetElapsedTime(since) >= next)
                {
                    // Not awaited: one whose answer is lost must not hold up the next one.
                    var probe = string.Create(CultureInfo.InvariantCulture, $"probe{number++}");
                    _ = _nodes[1].Submit(probe, 1, $"echo > {ran}");
                    next = Stopwatch.GetElapsedTime(since) + BetweenProbes;
                }

                return File.Exists(ran);
            },
            "a task to run");
        return Stopwatch.GetElapsedTime(since);
    }

    public void Dispose()
    {
        _nodes.ForEach(static node => node.Dispose());
        while (RunningProcess.Of(_home.FullName) is { Count: > 0 } left)
        {
            left.ToList().ForEach(static process => process.Kill());
            Thread.Sleep(Step);
        }

        _gate.Dispose();
        _home.Delete(recursive: true);
    }

    private static void Wait(Func<bool> condition, string what)
    {
        for (var began = Stopwatch.GetTimestamp(); !condition(); Thread.Sleep(Step))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"waited {Patience} for {what}");
            }
        }
    }

    private string Inside(string name) => Path.Combine(_home.FullName, name);
}
