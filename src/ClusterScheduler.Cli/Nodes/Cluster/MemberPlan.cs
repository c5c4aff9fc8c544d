using System.Collections.Immutable;
using System.Net;
using Akka.Actor;
using ClusterScheduler.Cli.Nodes.Machines;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Gateway;
using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Runtime.Stores;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>What a node of a cluster is started with: its settings, understood and checked with one another.</summary>
/// <param name="Directory">Its data directory.</param>
/// <param name="Seeds">Nodes to join through; empty: it begins a cluster alone.</param>
/// <param name="Store">None where it needs none.</param>
/// <param name="Agent">What its agent tells the master; none without one.</param>
/// <param name="Edge">Where it takes agents that are no members; none when it does not.</param>
/// <param name="Gateway">Where its gateway serves other machines; none when it does not.</param>
/// <param name="Token">What every request to its gateway carries; none: it has a token of its own.</param>
internal sealed record MemberPlan(
    string Directory,
    LoadedSettings Loaded,
    ClusterSettings Settings,
    NodeRoles Roles,
    ListenAddress Listen,
    string PublicHost,
    ImmutableArray<Address> Seeds,
    StoreAddress? Store,
    string SharedSecret,
    AgentInfo? Agent,
    EdgeListenOptions? Edge,
    GatewayListenOptions? Gateway,
    BearerToken? Token)
{
    private const string CannotBegin = $"a node without the role {ClusterNames.MasterRole} cannot begin a cluster";
    private const string NameAnother = "name one that is in it, with --seed akka.tcp://csched@HOST:PORT";

    public string ClusterName => Settings.Cluster.Name;

    /// <summary>Why it would wait for itself; null where it would not. Where another process listens at its address,
    /// that is what is wrong.</summary>
    public string? WhyAlone => !Roles.Master && !Seeds.IsEmpty && Seeds.All(IsSelf)
        ? $"{CannotBegin}, and the seed {Seeds[0]} is this node itself: {NameAnother}"
        : null;

    /// <exception cref="SettingsException">Everything that is wrong with the settings of a cluster's node.</exception>
    public static MemberPlan Of(string directory, LoadedSettings loaded)
    {
        var settings = ClusterSettings.Read(loaded.Reader());
        var reader = loaded.Reader();
        var node = reader.Section("node");
        var cluster = reader.Section("cluster");
        if (!NodeRoles.TryParse(settings.Node.Roles, out var roles, out var problem))
        {
            node.Refuse("roles", problem!);
        }

        var seeds = SeedsOf(settings.Cluster, SeedAddress.IsEncrypted(loaded.Config), cluster);
        var listen = ListenChoice.Of(settings.Node, seeds, node);
        var secret = SecretOf(settings.Cluster, cluster);
        StoreAddress.TryParse(settings.Store.Url, directory, out var store, out _);
        var publicHost = PublicHostOf(settings.Node, listen, node);
        var gateway = reader.Section("gateway");
        var plan = new MemberPlan(
            directory, loaded, settings, roles, listen, publicHost,
            seeds, roles.NeedsStore ? store : null, secret,
            roles.Agent ? AgentOf(directory, settings.Node, node) : null,
            EdgeDoor.Of(settings.Edge, secret, settings.Node.Insecure, reader.Section("edge")),
            GatewayDoor.Of(settings.Gateway, settings.Node, publicHost, gateway),
            GatewayDoor.TokenOf(settings.Gateway, gateway));
        plan.Guard(node);
        plan.AskForSeed(cluster);
        reader.Done();
        return plan;
    }

    /// <summary>What the engine is told of this node.</summary>
    /// <param name="port">Where it listens; 0: any free port.</param>
    public NodeFacts Facts(int port) =>
        new(Listen.Host, port, PublicHost, Roles.Names, SharedSecret, Settings.Node.Insecure, Store, Settings.Cluster);

    internal static string SecretOf(MembershipSettings cluster, SettingsReader section)
    {
        if (cluster.SharedSecretFile.Length == 0)
        {
            return cluster.SharedSecret;
        }

        try
        {
            var text = File.ReadAllText(cluster.SharedSecretFile).Trim();
            if (text.Length == 0)
            {
                section.Refuse("shared-secret-file", $"'{cluster.SharedSecretFile}' is empty");
            }

            return text;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            var why = System.IO.Directory.Exists(cluster.SharedSecretFile) ? "it is a directory" : wrong.Message;
            section.Refuse("shared-secret-file", $"'{cluster.SharedSecretFile}' cannot be read: {why}");
            return "";
        }
    }

    /// <summary>A node runs what it is told: nobody may tell it anything over a network without a proof.</summary>
    private void Guard(SettingsReader node)
    {
        var facts = Facts(0);
        if (facts.WhyOpen(Loaded.Config) is { } why)
        {
            var way = facts.ProvesSharedSecret
                ? "Give all nodes a shared secret (--secret-file FILE, or cluster.shared-secret), or TLS"
                : "Give all nodes TLS";
            node.Refuse("bind",
                $"{Listen.Host} can be reached from other machines, and whoever reaches it could run commands here: "
                + $"{why}. {way} with certificates that they check, or say --insecure");
        }
    }

    /// <summary>Only a master can begin a cluster; any other node would wait in vain.</summary>
    private void AskForSeed(SettingsReader cluster)
    {
        if (!Roles.Master && !Roles.Names.IsEmpty && Settings.Cluster.Seeds.Length == 0)
        {
            cluster.Refuse("seeds", $"{CannotBegin}: {NameAnother}");
        }
    }

    private bool IsSelf(Address seed) => seed.Host == PublicHost && seed.Port == Listen.Port;

    private static string PublicHostOf(NodeSettings settings, ListenAddress listen, SettingsReader node)
    {
        if (settings.PublicAddress.Length > 0)
        {
            if (Uri.CheckHostName(settings.PublicAddress) is UriHostNameType.Unknown)
            {
                node.Refuse("public-address", $"'{settings.PublicAddress}' is no host; the port is that of node.bind");
            }

            return settings.PublicAddress;
        }

        if (listen.IsAny)
        {
            node.Refuse("public-address",
                $"'{listen.Host}' stands for every address of this machine: say which one others are to use, with "
                + "--public-address HOST");
        }

        return listen.Host;
    }

    private static ImmutableArray<Address> SeedsOf(
        MembershipSettings settings, bool isEncrypted, SettingsReader cluster)
    {
        var seeds = ImmutableArray.CreateBuilder<Address>();
        foreach (var text in settings.Seeds.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!SeedAddress.TryRead(text, settings.Name, isEncrypted, out var address, out var problem))
            {
                cluster.Refuse("seeds", problem);
            }
            else if (address.System != settings.Name)
            {
                cluster.Refuse("seeds",
                    $"'{text}' is of the cluster '{address.System}', and this node belongs to '{settings.Name}' "
                    + "(cluster.name)");
            }
            else
            {
                seeds.Add(address);
            }
        }

        return seeds.ToImmutable();
    }

    internal static AgentInfo AgentOf(string directory, NodeSettings settings, SettingsReader node)
    {
        if (!AgentTexts.TryResources(
            settings.Resources, DetectedResources.Of(directory), out var resources, out var problem))
        {
            node.Refuse("resources", problem!);
        }

        if (!AgentTexts.TryAttributes(settings.Attributes, out var attributes, out problem))
        {
            node.Refuse("attributes", problem!);
        }

        var name = settings.Hostname.Length > 0 ? settings.Hostname : Dns.GetHostName();
        return new AgentInfo(name, resources, attributes) { Domain = settings.Domain };
    }
}
