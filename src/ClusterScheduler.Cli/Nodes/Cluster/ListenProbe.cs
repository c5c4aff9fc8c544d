using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Tries the address before the engine does.</summary>
internal static class ListenProbe
{
    /// <param name="host">The address.</param>
    /// <param name="port">The port; 0: any free one.</param>
    /// <param name="option">With which the user can say another one.</param>
    /// <exception cref="UserException">Nothing can listen there.</exception>
    public static void Check(string host, int port, string option)
    {
        if (ListenTrial.WhyNot(host, port) is { } why)
        {
            throw new UserException(
                $"this node cannot listen on {host}:{port}: {why}. Say another address with {option}.",
                ExitCode.AddressTaken);
        }
    }
}
