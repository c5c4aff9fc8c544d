using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where a node listens: as it is told, else where its first seed would answer it.</summary>
internal static class ListenChoice
{
    public static ListenAddress Of(NodeSettings settings, IReadOnlyList<Address> seeds, SettingsReader node)
    {
        if (settings.Bind.Length == 0)
        {
            return Towards(seeds, node);
        }

        if (!ListenAddress.TryParse(settings.Bind, out var listen))
        {
            node.Refuse("bind", $"'{settings.Bind}' is no address: write HOST:PORT, such as 10.0.0.1:4053");
        }
        else if (listen.IsLoopback && settings.PublicAddress.Length == 0
            && seeds.FirstOrDefault(seed => NodeFacts.IsElsewhere(seed.Host)) is { } far)
        {
            node.Refuse("bind",
                $"{listen.Host} is reached from this machine only, and the seed {far} is on another one: say an "
                + "address of this machine that others reach");
        }

        return listen;
    }

    /// <summary>Asks the routes of this machine; nothing is sent.</summary>
    private static ListenAddress Towards(IReadOnlyList<Address> seeds, SettingsReader node)
    {
        var alone = new ListenAddress(IPAddress.Loopback.ToString(), ListenAddress.DefaultPort);
        if (seeds.Count == 0)
        {
            return alone;
        }

        try
        {
            using var socket = new UdpClient(seeds[0].Host!, seeds[0].Port ?? ListenAddress.DefaultPort);
            return alone with { Host = ((IPEndPoint)socket.Client.LocalEndPoint!).Address.ToString() };
        }
        catch (SocketException wrong)
        {
            node.Refuse("bind",
                $"no way leads from here to the seed {seeds[0]} ({wrong.Message}): say --bind HOST:PORT, an address of "
                + "this machine that others reach, and look at the seed");
            return alone;
        }
    }
}
