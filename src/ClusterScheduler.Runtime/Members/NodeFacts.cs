using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Akka.Configuration;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Runtime.Stores;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// What the engine must know of a node of a cluster, in words that fit every engine. What an engine makes of it stands
/// in its own file, <c>hocon/engine/*.conf</c>.
/// </summary>
/// <param name="BindHost">Where it listens.</param>
/// <param name="BindPort">0: any free one.</param>
/// <param name="PublicHost">Under which others reach it.</param>
/// <param name="Roles">What it is for.</param>
/// <param name="SharedSecret">Proved to every other node; empty: none.</param>
/// <param name="Insecure">Other machines need prove nothing.</param>
/// <param name="Store">Shared with the cluster; none on nodes that need none.</param>
/// <param name="Cluster">Leases and limits.</param>
public sealed record NodeFacts(
    string BindHost,
    int BindPort,
    string PublicHost,
    IReadOnlyList<string> Roles,
    string SharedSecret,
    bool Insecure,
    StoreAddress? Store,
    MembershipSettings Cluster)
{
    private const string Resource = "ClusterScheduler.engine.conf";

    /// <summary>Of the product, without the commit; members show it to one another.</summary>
    private static readonly string Version = typeof(NodeFacts).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>The engine's settings for this node.</summary>
    public Config EngineConfig() => EngineConfig(EngineText());

    /// <summary>Whether the engine has both ends of a connection prove that they know the shared secret.</summary>
    public bool ProvesSharedSecret => EngineConfig().GetBoolean("engine.proves-shared-secret");

    /// <summary>Whether a node that finds none of the others may begin a cluster beside theirs.</summary>
    public bool FoundsBeside => EngineConfig().GetBoolean("engine.founds-beside");

    /// <summary>Whether only this machine can connect to a host.</summary>
    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether a host is another machine, or this one as others know it; of a name it is not said.</summary>
    public static bool IsElsewhere(string? host) => IPAddress.TryParse(host, out var ip) && !IPAddress.IsLoopback(ip);

    /// <summary>
    /// Why whoever reaches this node could make it do anything: other machines do, and need prove neither a secret that
    /// the engine asks for nor a certificate, though nobody wanted it so. Null: the door is closed.
    /// </summary>
    /// <param name="config">The node's, with all that stands above the engine's settings.</param>
    public string? WhyOpen(Config config)
    {
        if (Insecure || IsLoopback(BindHost) || (SharedSecret.Length > 0 && ProvesSharedSecret))
        {
            return null;
        }

        var engine = EngineConfig();
        return PeerProof.WhyNone(config, engine.GetString("engine.asks-for-certificates-since", "")) is { } why
            ? (ProvesSharedSecret ? "it has no shared secret, and " : "this engine proves no shared secret, and ") + why
            : null;
    }

    internal Config EngineConfig(string engineText) => ConfigurationFactory.ParseString(Text() + engineText);

    private string Text()
    {
        var text = new StringBuilder("node-facts {\n");
        Add("bind-host", BindHost);
        Add("bind-port", BindPort.ToString(CultureInfo.InvariantCulture));
        Add("public-host", PublicHost);
        Add("version", Version);
        text.Append("roles = [").AppendJoin(", ", Roles.Select(Quoted)).Append("]\n");
        Add("shared-secret", SharedSecret);
        Add("insecure", Insecure ? "on" : "off");
        Add("join-timeout", Milliseconds(Cluster.JoinTimeout));
        Add("clock-skew-max", Milliseconds(Cluster.ClockSkewMax));
        Add("same-everywhere", Cluster.SameEverywhere);
        Add("leader-role", ClusterNames.MasterRole);
        Add("heartbeat", Milliseconds(Cluster.Heartbeat));
        Add("unreachable-after", Milliseconds(Cluster.UnreachableAfter));
        Add("leader-lease", Milliseconds(Cluster.LeaderLease));
        Add("leader-lease-renewal", Milliseconds(Cluster.LeaderLease / 4));
        Add("election-interval", Milliseconds(Cluster.ElectionInterval));
        Add("member-lease", Milliseconds(Cluster.MemberLease));
        Add("master-lease", Milliseconds(Cluster.MasterLease));
        Add("master-lease-interval", Milliseconds(Cluster.MasterLease / 4));
        Add("store.provider-name", Store?.ProviderName ?? "");
        Add("store.connection-string", Store?.Connection ?? "");
        return text.Append("}\n").ToString();

        void Add(string key, string value) => text.Append(key).Append(" = ").Append(Quoted(value)).Append('\n');
    }

    private static string EngineText()
    {
        using var stream = typeof(NodeFacts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");

    private static string Quoted(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal) + '"';
}
