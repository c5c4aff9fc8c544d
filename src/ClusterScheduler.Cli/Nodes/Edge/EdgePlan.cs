using System.Collections.Immutable;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Edge;

/// <summary>What a node that is no member is started with.</summary>
/// <param name="Directory">Its data directory.</param>
/// <param name="Hosts">Nodes that take such agents, as the user wrote them.</param>
internal sealed record EdgePlan(
    string Directory,
    LoadedSettings Loaded,
    ClusterSettings Settings,
    ImmutableArray<Uri> Hosts,
    string SharedSecret,
    AgentInfo Agent)
{
    /// <exception cref="SettingsException">Everything that is wrong with the settings of such a node.</exception>
    public static EdgePlan Of(string directory, LoadedSettings loaded, ClusterSettings settings)
    {
        var reader = loaded.Reader();
        var node = reader.Section("node");
        var cluster = reader.Section("cluster");
        if (settings.Node.Roles is not (ClusterNames.AgentRole or "master,framework,agent,gateway"))
        {
            node.Refuse("roles", $"a node that is no member has the role '{ClusterNames.AgentRole}' only");
        }

        if (settings.Node.Bind.Length > 0)
        {
            node.Refuse("bind", "a node that is no member listens nowhere: leave --bind out, or leave --edge out");
        }

        var hosts = HostsOf(settings.Cluster.Seeds, cluster);
        var secret = MemberPlan.SecretOf(settings.Cluster, cluster);
        foreach (var host in hosts.Where(host => host.Scheme == Uri.UriSchemeHttp && !host.IsLoopback))
        {
            if (!settings.Node.Insecure)
            {
                cluster.Refuse("seeds",
                    $"{host.Host} would be told the shared secret in plain text: write https://{host.Authority}, or "
                    + "say --insecure");
            }
        }

        var plan = new EdgePlan(
            directory, loaded, settings, hosts, secret, MemberPlan.AgentOf(directory, settings.Node, node));
        reader.Done();
        return plan;
    }

    private static ImmutableArray<Uri> HostsOf(string seeds, SettingsReader cluster)
    {
        var hosts = ImmutableArray.CreateBuilder<Uri>();
        foreach (var text in seeds.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                cluster.Refuse("seeds",
                    $"'{text}' takes no agents that are no members: write https://HOST:PORT of a node that was started "
                    + "with --edge-listen");
                continue;
            }

            hosts.Add(new UriBuilder(uri) { Path = "" }.Uri);
        }

        if (hosts.Count == 0 && seeds.Length == 0)
        {
            cluster.Refuse("seeds", "a node that is no member needs --seed https://HOST:PORT of a node that takes it");
        }

        return hosts.ToImmutable();
    }
}
