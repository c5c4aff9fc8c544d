using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>What a refusal of the node's agent means for the node.</summary>
internal static class AgentEnd
{
    public static UserException Of(AgentNews.Refused refused) => refused.Reason switch
    {
        AgentProtocol.AgentRefusal.IdInUse => new UserException(
            $"{refused.Message}. Two nodes have the same agent id: was the data directory copied? "
            + "Start this one with a directory of its own (--data).",
            ExitCode.AgentIdTaken),
        AgentProtocol.AgentRefusal.UnknownId => new UserException(
            $"{refused.Message}. Name another directory with --data.", ExitCode.OtherClustersDirectory),
        _ => new UserException($"the master does not admit this agent: {refused.Message}", ExitCode.AgentRefused),
    };
}
