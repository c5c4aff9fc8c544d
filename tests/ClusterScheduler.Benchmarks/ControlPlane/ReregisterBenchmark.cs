using Akka.Actor;
using ClusterScheduler.Benchmarks.Engine;
using ClusterScheduler.Benchmarks.Harness;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Framework;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// A new master after a failover: from its start, recovery from the journal included, until every agent is back with
/// its tasks and every framework is registered again.
/// </summary>
internal sealed class ReregisterBenchmark : IBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Name => "reregister";

    public string Summary => "10,000 simulated agents with 100,000 tasks back at a new master, from its start, journal "
        + "on SQLite, every message through its serializer";

    public Target? Target => Target.AtMost(4);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("agents", 10_000, "simulated agents", Most: 1_000_000),
        new("tasks", 10, "tasks on each of them", 0, 1_000),
        new("frameworks", 10, "frameworks that own the tasks"),
        new("serialize", 1, "1: every message goes through its serializer, as between nodes; 0: none does", 0, 1),
        new("rounds", 3, "failovers after one to warm up; the median counts"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var file = JournalStore.Sqlite();
        var system = file.Start(options.Int("serialize") == 1 ? "akka.actor.serialize-messages = on" : "");
        try
        {
            var master = system.ActorOf(Props.Create(() => new ReplaceableMaster(MasterOptions.Default)), "master");

            // Running tasks notice nothing of a failover: their entities are not spoken to.
            ClusterRefs.Of(system).Set(
                master, system.StartFrameworks(FrameworkOptions.Default), system.DeadLetters);
            using var back = new CountdownEvent(options.Int("agents") + options.Int("frameworks"));
            Populate(system, options, back);
            var times = new List<double>();
            for (var round = -1; round <= options.Int("rounds"); round++)
            {
                var seconds = Await(master, back, options);
                log.WriteLine($"  {(round < 1 ? "unmeasured" : $"round {round}")}: {seconds:0.00} s");
                if (round > 0)
                {
                    times.Add(seconds);
                }

                _ = master.Ask<ReplaceableMaster.Ended>(new ReplaceableMaster.End(), Patience).Result;
                back.Reset(options.Int("agents") + options.Int("frameworks"));
            }

            times.Sort();
            return new Figure(times[times.Count / 2], "s");
        }
        finally
        {
            system.Terminate().Wait(Patience);
        }
    }

    private static void Populate(ActorSystem system, BenchmarkOptions options, CountdownEvent back)
    {
        var (tasks, frameworks) = (options.Int("tasks"), options.Int("frameworks"));
        for (var index = 0; index < frameworks; index++)
        {
            var settings = new SchedulerSettings(
                new FrameworkId($"load-{index}"), new FrameworkInfo("load", "nobody", ["load"]))
            {
                SuppressedRoles = ["load"],
            };
            system.ActorOf(Props.Create(() => new ReturningScheduler(settings, () => Signal(back))));
        }

        for (var index = 0; index < options.Int("agents"); index++)
        {
            var number = index;
            system.ActorOf(Props.Create(() => new ReturningAgent(number, tasks, frameworks, () => Signal(back))));
        }
    }

    private static double Await(IActorRef master, CountdownEvent back, BenchmarkOptions options)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        master.Tell(new ReplaceableMaster.Begin());
        if (!back.Wait(Patience))
        {
            throw new TimeoutException($"{back.CurrentCount} agents and frameworks are not back after {Patience}");
        }

        var seconds = started.Elapsed.TotalSeconds;
        var agents = master.Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents(), Patience).Result.Agents;
        var (active, held) = (agents.Count(static agent => agent.Standing == MasterProtocol.AgentStanding.Active),
            agents.Sum(static agent => agent.Tasks.Length));
        return active == options.Int("agents") && held == options.Int("agents") * options.Int("tasks")
            ? seconds
            : throw new InvalidOperationException($"{active} agents with {held} tasks are back, not all of them");
    }

    private static void Signal(CountdownEvent back)
    {
        if (!back.IsSet)
        {
            back.Signal();
        }
    }
}
