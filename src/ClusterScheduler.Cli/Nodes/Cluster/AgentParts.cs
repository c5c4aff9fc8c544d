using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Starts the one agent of a node; its tasks outlive the node's process.</summary>
internal static class AgentParts
{
    public static void Start(ActorSystem system, ClusterSettings settings, AgentInfo agent, string directory)
    {
        var execution = Logging.GetLogger(system, "execution");
        system.StartAgent(
            AgentOptions.Of(settings.Agent, ClusterNames.AgentRole, agent, Path.Combine(directory, "shared")),
            ExecutionSettings.Of(
                settings.Agent,
                Path.Combine(directory, ClusterNames.AgentRole),
                diesWithAgent: false,
                warning => execution.Warning("{0}", warning)));
    }
}
