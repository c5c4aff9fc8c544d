using System.Net;
using System.Net.Sockets;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Tries the address before the engine does, whose errors differ from engine to engine.</summary>
internal static class ListenProbe
{
    /// <param name="host">The address.</param>
    /// <param name="port">The port; 0: any free one.</param>
    /// <param name="option">With which the user can say another one.</param>
    /// <exception cref="UserException">Nothing can listen there.</exception>
    public static void Check(string host, int port, string option)
    {
        try
        {
            var address = IPAddress.TryParse(host, out var literal) ? literal : Dns.GetHostAddresses(host)[0];
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException wrong)
        {
            var why = wrong.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another process listens there",
                SocketError.AddressNotAvailable => "it is no address of this machine",
                SocketError.AccessDenied => "this user may not (ports below 1024 are kept)",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name is not known here",
                _ => wrong.Message,
            };
            throw new UserException(
                $"this node cannot listen on {host}:{port}: {why}. Say another address with {option}.",
                ExitCode.AddressTaken);
        }
    }
}
