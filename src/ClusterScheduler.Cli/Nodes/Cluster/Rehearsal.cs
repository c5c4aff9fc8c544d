using System.Diagnostics;
using Akka.Actor;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Services;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// A node that may take over has never run what it then must do, and the runtime compiles code when it first runs: most
/// of what a failover takes beside the leases. So the node goes through it once, unseen: a cluster of its own in this
/// process, with a store in a directory that is removed afterwards and an agent that runs nothing, gets jobs, loses its
/// master, its framework entity and its service scheduler, and takes them up again.
/// </summary>
internal sealed class Rehearsal
{
    private const string Stays = "stays";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly ActorSystem _system;
    private readonly ClusterSettings _settings;
    private readonly CancellationToken _cancelled;
    private TaskCompletionSource _over = new();
    private IActorRef _services = ActorRefs.Nobody;

    private Rehearsal(ActorSystem system, ClusterSettings settings, CancellationToken cancelled)
    {
        _system = system;
        _settings = settings;
        _cancelled = cancelled;
    }

    /// <summary>Goes through it.</summary>
    /// <param name="directory">Where it keeps its store meanwhile.</param>
    /// <param name="cancelled">Ends it early.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">It got stuck.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<TimeSpan> Play(string directory, CancellationToken cancelled)
    {
        var began = Stopwatch.GetTimestamp();
        Remove(directory);
        Directory.CreateDirectory(directory);
        var loaded = SettingsLoader.Load(
            SettingsSources.ReferenceOnly with { Profile = NodeProfile.Durable(directory) });
        var system = ActorSystem.Create("rehearsal", loaded.Config.WithFallback(WireSettings.Config));
        try
        {
            await new Rehearsal(system, ClusterSettings.Read(loaded.Reader()), cancelled).Play();
            return Stopwatch.GetElapsedTime(began);
        }
        finally
        {
            await system.Terminate();
            Remove(directory);
        }
    }

    private async Task Play()
    {
        _services = _system.StartServices(LevelOne.Start(_system, _settings), _settings.Services);
        ClusterRefs.Of(_system).SetServices(_services);
        var agent = new AgentInfo("rehearsal", ResourceSet.Parse("cpus:8;mem:1024;disk:1024"), []);
        _system.ActorOf(
            AgentActor.Props(
                AgentOptions.Of(_settings.Agent, "agent", agent, sharedRoot: ""),
                () => new SimulatedExecution(OutcomeOf, TimeProvider.System),
                new AgentIdInMemory()),
            "agent");
        await Run("before");

        // Each is started again by whoever supervises it, and recovers from what it stored.
        foreach (var part in new[] { "master/instance", "frameworks/*", "services/instance" })
        {
            _system.ActorSelection($"/user/{part}").Tell(PoisonPill.Instance);
        }

        await Run("after");
    }

    /// <summary>Tasks of which one stays, and one that starts only when the ends of others are known.</summary>
    private async Task Run(string name)
    {
        _over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = """{ command: "true", resources: { cpus: 0.1, mem: 1MiB, disk: 1MiB } }""";
        var jobs = JobFileReader.ReadText(
            $"""
            jobs:
              - name: {Stays}-{name}
                task: {task}
              - name: first-{name}
                instances: 2
                task: {task}
              - name: last-{name}
                after: [first-{name}]
                task: {task}
            """);
        await Submit(jobs.File!);
        await _over.Task.WaitAsync(Patience, _cancelled);
    }

    /// <summary>A service scheduler that is starting again does not answer.</summary>
    private async Task Submit(JobFile file)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await _services.Ask<object>(new ServicesProtocol.SubmitJobs(file), AskAgainAfter, _cancelled);
                return;
            }
            catch (AskTimeoutException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
            }
        }
    }

    private TaskOutcome.Finished? OutcomeOf(LaunchRequest launch)
    {
        var task = launch.Key.Task.Value;
        if (task.StartsWith("last", StringComparison.Ordinal))
        {
            _over.TrySetResult();
        }

        return task.StartsWith(Stays, StringComparison.Ordinal) ? null : new TaskOutcome.Finished();
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
