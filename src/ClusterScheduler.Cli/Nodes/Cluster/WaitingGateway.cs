using ClusterScheduler.Gateway;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// Listens in place of the gateway between two lives of a node, so that commands hear what is the matter instead of a
/// refused connection.
/// </summary>
internal sealed class WaitingGateway(MemberPlan plan, DataDirectory directory)
{
    private GatewayHost? _host;

    /// <summary>Whether it has the gateway's addresses.</summary>
    public bool IsOpen => _host is not null;

    /// <param name="port">The gateway's on 127.0.0.1; 0: it has had none.</param>
    public async Task Open(int port)
    {
        if (!plan.Roles.Gateway || port == 0 || IsOpen)
        {
            return;
        }

        try
        {
            _host = await GatewayHost.StartWaiting(
                plan.Settings.Gateway with { Port = port }, MemberDoors.TokenOf(plan, directory), plan.Gateway);
        }
        catch (GatewayStartException)
        {
            // Somebody else was quicker; the node says so when it opens its gateway.
            _host = null;
        }
    }

    /// <summary>Gives the addresses free.</summary>
    public async Task Close()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.DisposeAsync();
        }
    }
}
