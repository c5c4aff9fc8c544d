using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Framework;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>
/// Master, entities and agents that run real processes, in this process, for a framework that lives beside them.
/// </summary>
internal sealed class LocalCluster : IDisposable
{
    private readonly Workspace _workspace = new();

    public LocalCluster(
        int agents, OversubscriptionSettings? oversubscription = null, string resources = "cpus:1;mem:128",
        MasterOptions? master = null)
    {
        System = ActorSystem.Create("local", ConfigurationFactory
            .ParseString("akka.loglevel = WARNING").WithFallback(WireSettings.Config));
        var frameworks = System.StartFrameworks(FrameworkOptions.Default);
        var tasks = System.StartTasks(new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)));
        ClusterRefs.Of(System).Set(System.StartMaster(master ?? MasterOptions.Default), frameworks, tasks);
        for (var index = 1; index <= agents; index++)
        {
            var name = $"agent-{index}";
            System.StartAgent(
                new AgentOptions(
                    name, new AgentInfo(name, ResourceSet.Parse(resources), []), _workspace.Inside("shared"))
                {
                    Oversubscription = oversubscription,
                },
                new ExecutionSettings(_workspace.Inside(name), Keeper) { DiesWithAgent = true });
        }
    }

    public ActorSystem System { get; }

    private static ImmutableArray<string> Keeper { get; } = KeeperCommand.Of(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Path.Combine(AppContext.BaseDirectory, "csched.dll"));

    public void Dispose()
    {
        CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance).Wait(Csched.Patience);
        _workspace.Dispose();
    }
}
