using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClusterScheduler.Gateway;

/// <summary>The addresses on which a gateway listens, before and after they are bound.</summary>
internal sealed class GatewayDoors(int port, GatewayListenOptions? open)
{
    private ListenOptions? _local;
    private ListenOptions? _open;

    /// <summary>Once it listens: the port on 127.0.0.1.</summary>
    public int LocalPort => _local?.IPEndPoint?.Port ?? port;

    /// <summary>Once it listens: the port for other machines.</summary>
    public int? OpenPort => open is null ? null : _open?.IPEndPoint?.Port ?? open.Address.Port;

    public void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Listen(IPAddress.Loopback, port, listen => _local = listen);
        if (open is null)
        {
            return;
        }

        kestrel.Listen(open.Address, listen =>
        {
            _open = listen;
            open.Certificate?.Serve(listen);
        });
    }

    /// <summary>Why it cannot listen. The web server names the address in its message, in words of its own.</summary>
    public string Explain(Exception taken)
    {
        var why = (taken.InnerException ?? taken).Message.TrimEnd('.');
        var isOpen = open is not null && taken.Message.Contains($"//{open.Address}", StringComparison.Ordinal);
        return isOpen
            ? $"the gateway cannot listen on {open!.Address}: {why}. Say another address with --gateway-listen."
            : $"the gateway cannot listen on 127.0.0.1:{port}: {why}. Choose another port with --port; 0 takes any.";
    }
}
