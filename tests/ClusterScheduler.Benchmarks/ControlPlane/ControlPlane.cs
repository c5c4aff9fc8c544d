using Akka.Actor;
using ClusterScheduler.Benchmarks.Engine;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Framework;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Master;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>The real actors of both levels over simulated agents, in one actor system.</summary>
internal sealed class ControlPlane : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly JournalStore? _file;
    private readonly ActorSystem _system;
    private readonly List<IActorRef> _schedulers;

    private ControlPlane(JournalStore? file, ActorSystem system, int frameworks)
    {
        _file = file;
        _system = system;
        Count = new LoadCount();
        Count.Subscriptions.Reset(frameworks);
        _schedulers = [.. Enumerable.Range(0, frameworks).Select(index => system.ActorOf(Props.Create(() =>
            new LoadScheduler(Settings(index), Count))))];
        if (!Count.Subscriptions.Wait(Patience))
        {
            throw new TimeoutException($"{Count.Subscriptions.CurrentCount} frameworks are not subscribed");
        }
    }

    public LoadCount Count { get; }

    public ActorSystem System => _system;

    /// <summary>Ready for load: every agent has reported and every framework is subscribed.</summary>
    /// <param name="durable">Events go to SQLite; otherwise to memory.</param>
    /// <param name="agents">How many.</param>
    /// <param name="resources">Of each.</param>
    /// <param name="finishes">Tasks finish at once; otherwise they run for ever.</param>
    /// <param name="frameworks">How many schedulers share the load.</param>
    public static ControlPlane Start(bool durable, int agents, ResourceSet resources, bool finishes, int frameworks)
    {
        var file = durable ? JournalStore.Sqlite() : null;
        var system = file is null ? EngineSystem.Start() : file.Start();
        var refs = ClusterRefs.Of(system);
        var entities = system.StartFrameworks(FrameworkOptions.Default);
        var tasks = system.StartTasks(new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)));
        refs.Set(system.StartMaster(MasterOptions.Default), entities, tasks);
        using var registered = new CountdownEvent(agents);
        for (var index = 0; index < agents; index++)
        {
            var name = $"agent-{index}";
            system.ActorOf(Props.Create(() => new SimulatedAgent(name, resources, finishes, Signal(registered))), name);
        }

        return registered.Wait(Patience)
            ? new ControlPlane(file, system, frameworks)
            : throw new TimeoutException($"{registered.CurrentCount} agents have not reported");
    }

    /// <summary>Runs so many tasks and waits until they all are in that state.</summary>
    public void Run(long tasks, TaskState state)
    {
        Count.Await(state, tasks);
        Launch(tasks);
        Count.Wait(Patience);
        if (Count.Lost > 0)
        {
            throw new InvalidOperationException($"{Count.Lost} tasks were lost");
        }
    }

    /// <summary>Wants so many tasks, without waiting.</summary>
    public void Launch(long tasks)
    {
        var each = tasks / _schedulers.Count;
        _schedulers[0].Tell(new LoadScheduler.More(tasks - (each * _schedulers.Count)));
        _schedulers.ForEach(scheduler => scheduler.Tell(new LoadScheduler.More(each)));
    }

    public void Dispose()
    {
        _system.Terminate().Wait(Patience);
        Count.Dispose();
        _file?.Dispose();
    }

    private static Action Signal(CountdownEvent registered) => () =>
    {
        if (!registered.IsSet)
        {
            registered.Signal();
        }
    };

    private static SchedulerSettings Settings(int index) =>
        new(new FrameworkId($"load-{index}"), new FrameworkInfo("load", "nobody", ["load"]))
        {
            SuppressedRoles = ["load"],
        };
}
