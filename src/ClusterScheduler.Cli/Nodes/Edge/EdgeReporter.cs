using Akka.Actor;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Edge;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Cluster;

namespace ClusterScheduler.Cli.Nodes.Edge;

/// <summary>Says how the connection stands, and tells the node what ends it.</summary>
internal sealed class EdgeReporter : ReceiveActor
{
    private bool _wasConnected;

    public EdgeReporter(NodeLog log, Action<UserException> failed)
    {
        Receive<EdgeNews.Connected>(connected =>
        {
            _wasConnected = true;
            log.Report($"ready: connected through {Shown(connected.Host)}");
        });
        Receive<EdgeNews.Disconnected>(cut =>
        {
            if (!_wasConnected && CodeOf(cut.Refusal) is { } code)
            {
                failed(new UserException($"{Shown(cut.Host)} does not take this agent: {cut.Why}", code));
                return;
            }

            log.Report($"no connection through {Shown(cut.Host)}: {cut.Why}; it is tried again");
        });
        Receive<AgentNews.Registered>(agent => log.Report(
            $"agent registered as {agent.AgentId}, session {agent.Session}"));
        Receive<AgentNews.Refused>(refused => failed(AgentEnd.Of(refused)));
    }

    public static Props Props(NodeLog log, Action<UserException> failed) =>
        Akka.Actor.Props.Create(() => new EdgeReporter(log, failed));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(EdgeNews));
        Context.System.EventStream.Subscribe(Self, typeof(AgentNews));
    }

    private static string Shown(Uri host) => host.GetLeftPart(UriPartial.Authority);

    /// <summary>None for what may pass: another seed may take it, or this one later.</summary>
    private static int? CodeOf(int? status) => status switch
    {
        401 => ExitCode.WrongSecret,
        409 => ExitCode.OtherCluster,
        426 => ExitCode.OtherProtocol,
        _ => null,
    };
}
