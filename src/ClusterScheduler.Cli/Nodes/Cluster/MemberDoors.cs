using System.Globalization;
using System.Net;
using Akka.Actor;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Gateway;
using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where one incarnation of a node listens, but for other nodes: its gateway, and for edge agents.</summary>
internal sealed class MemberDoors(MemberPlan plan, DataDirectory directory, NodeLog log) : IAsyncDisposable
{
    private GatewayHost? _gateway;
    private EdgeHost? _edge;

    /// <summary>The gateway's port on 127.0.0.1; none without a gateway.</summary>
    public int? GatewayPort => _gateway?.Port;

    /// <summary>Looks whether the addresses are free, before the node joins anything.</summary>
    /// <param name="plan">What the node is.</param>
    /// <param name="gatewayPort">Where the gateway is to listen on 127.0.0.1; 0: any free port.</param>
    /// <exception cref="UserException">One is taken.</exception>
    public static void Check(MemberPlan plan, int gatewayPort)
    {
        if (plan.Roles.Gateway)
        {
            ListenProbe.Check(IPAddress.Loopback.ToString(), gatewayPort, "--port PORT (0: any free one)");
        }

        if (plan is { Roles.Gateway: true, Gateway: { } open })
        {
            ListenProbe.Check(open.Address.Address.ToString(), open.Address.Port, "--gateway-listen IP:PORT");
        }

        if (plan.Edge is { } edge)
        {
            ListenProbe.Check(edge.Address.Address.ToString(), edge.Address.Port, "--edge-listen IP:PORT");
        }
    }

    /// <param name="system">The node's.</param>
    /// <param name="services">What finds the service scheduler.</param>
    /// <param name="gatewayPort">Where the gateway listens on 127.0.0.1; 0: any free port.</param>
    /// <exception cref="UserException">An address is taken.</exception>
    public async Task Open(ActorSystem system, IActorRef services, int gatewayPort)
    {
        try
        {
            if (plan.Roles.Gateway)
            {
                await OpenGateway(system, services, gatewayPort);
            }

            if (plan.Edge is { } edge)
            {
                await OpenEdge(system, edge);
            }
        }
        catch (GatewayStartException taken)
        {
            throw new UserException(taken.Message, ExitCode.AddressTaken);
        }
    }

    /// <summary>The operator's, which is then kept in the directory as well, or the directory's own.</summary>
    public static BearerToken TokenOf(MemberPlan plan, DataDirectory directory)
    {
        var file = directory.Inside(DataDirectory.TokenFile);
        plan.Token?.Keep(file);
        return plan.Token ?? BearerToken.OfFile(file);
    }

    public async ValueTask DisposeAsync()
    {
        var (gateway, edge) = (_gateway, _edge);
        (_gateway, _edge) = (null, null);
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (edge is not null)
        {
            await edge.DisposeAsync();
        }
    }

    private async Task OpenGateway(ActorSystem system, IActorRef services, int port)
    {
        var settings = plan.Settings.Gateway with { Port = port };
        var refs = ClusterRefs.Of(system);
        var plane = new ControlPlane(refs.Master, refs.Frameworks, refs.Tasks, services, settings.AskTimeout);
        _gateway = await GatewayHost.Start(system, settings, plane, TokenOf(plan, directory), plan.Gateway);
        directory.WriteEndpoint(_gateway.Port);
        log.Say(string.Create(CultureInfo.InvariantCulture, $"  gateway  http://127.0.0.1:{_gateway.Port}"));
        if (plan.Gateway is { } open && _gateway.OpenPort is { } openPort)
        {
            log.Say($"           {open.Scheme}://{new IPEndPoint(open.Address.Address, openPort)}, for other machines");
        }
    }

    private async Task OpenEdge(ActorSystem system, EdgeListenOptions edge)
    {
        var refs = ClusterRefs.Of(system);
        _edge = await EdgeHost.Start(system, edge, refs.Master, refs.Tasks);
        var scheme = edge.Certificate is null ? "http" : "https";
        log.Say($"  edge     {scheme}://{new IPEndPoint(edge.Address.Address, _edge.Port)}");
    }
}
