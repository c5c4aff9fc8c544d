using System.Globalization;
using System.Net;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where a node listens for others.</summary>
internal sealed record ListenAddress(string Host, int Port)
{
    public const int DefaultPort = 4053;

    /// <summary>Only this machine can connect.</summary>
    public bool IsLoopback => NodeFacts.IsLoopback(Host);

    /// <summary>Every address of the machine, so none that others could be told.</summary>
    public bool IsAny =>
        IPAddress.TryParse(Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>HOST, HOST:PORT or [IPV6]:PORT.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = new ListenAddress("", DefaultPort);
        var end = text.LastIndexOf(':');
        var isBareV6 = end >= 0 && text.IndexOf(':', StringComparison.Ordinal) != end && !text.StartsWith('[');
        var host = (end < 0 || isBareV6 || text.EndsWith(']') ? text : text[..end]).Trim('[', ']');
        var port = DefaultPort;
        if (end >= 0 && !isBareV6 && !text.EndsWith(']')
            && !(int.TryParse(text[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port <= IPEndPoint.MaxPort))
        {
            return false;
        }

        address = new ListenAddress(host, port);
        return Uri.CheckHostName(host) is not UriHostNameType.Unknown;
    }
}
