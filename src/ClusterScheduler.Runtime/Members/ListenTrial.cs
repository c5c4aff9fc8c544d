using System.Net;
using System.Net.Sockets;

namespace ClusterScheduler.Runtime.Members;

/// <summary>Tries an address before the engine listens there, whose errors differ from engine to engine.</summary>
public static class ListenTrial
{
    /// <summary>Why nothing can listen there; null: it can.</summary>
    /// <param name="host">The address, or a name of it.</param>
    /// <param name="port">The port; 0: any free one.</param>
    public static string? WhyNot(string host, int port)
    {
        try
        {
            var address = IPAddress.TryParse(host, out var literal) ? literal : Dns.GetHostAddresses(host)[0];
            using var listener = new TcpListener(address, port);
            listener.Start();
            return null;
        }
        catch (SocketException wrong)
        {
            return wrong.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another process listens there",
                SocketError.AddressNotAvailable => "it is no address of this machine",
                SocketError.AccessDenied => "this user may not (ports below 1024 are kept)",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name is not known here",
                _ => wrong.Message,
            };
        }
    }
}
