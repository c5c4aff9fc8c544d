using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>Starts a node's agents, each with a directory of its own.</summary>
internal static class NodeAgents
{
    public static void Start(ActorSystem system, NodePlan plan)
    {
        var log = Logging.GetLogger(system, "execution");
        foreach (var agent in plan.Agents)
        {
            var options = AgentOptions.Of(
                plan.Settings.Agent,
                agent.Name,
                InfoOf(agent, plan.Settings.Node),
                Path.Combine(plan.Directory, "shared"));
            system.StartAgent(options, ExecutionSettings.Of(
                plan.Settings.Agent,
                Path.Combine(plan.Directory, "agents", agent.Name),
                plan.TasksEndWithNode,
                warning => log.Warning("{0}: {1}", agent.Name, warning)));
        }
    }

    internal static AgentInfo InfoOf(AgentSpec agent, NodeSettings node)
    {
        var resources = ResourceSet.Of(agent.Cpus, agent.Mem, agent.Disk);
        if (agent.Ports.End >= agent.Ports.Begin)
        {
            resources += ResourceSet.Parse(
                FormattableString.Invariant($"{ResourceNames.Ports}:[{agent.Ports.Begin}-{agent.Ports.End}]"));
        }

        return new AgentInfo(agent.Name, resources, AttributesOf(agent)) { Domain = node.Domain };
    }

    private static ImmutableArray<AgentAttribute> AttributesOf(AgentSpec agent) =>
        [.. agent.Attributes.Select(attribute => new AgentAttribute(attribute.Name, attribute.Value))];
}
