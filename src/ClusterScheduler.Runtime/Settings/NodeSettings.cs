namespace ClusterScheduler.Runtime.Settings;

/// <summary>A node: what <c>csched run</c>, <c>csched dev</c> and <c>csched node</c> start.</summary>
/// <param name="Agents">
/// How many agents run and dev start when neither the job file nor the command line says it.
/// </param>
/// <param name="Roles">What the node is for, in a cluster.</param>
/// <param name="Bind">Where it listens for other nodes: HOST:PORT; empty: from where the first seed is reached.</param>
/// <param name="PublicAddress">The host under which others reach it; empty: that of <paramref name="Bind"/>.</param>
/// <param name="Hostname">How users know the machine of its agent; empty: the name of the machine.</param>
/// <param name="Attributes">Of its agent, as <c>--attributes</c> has them.</param>
/// <param name="Domain">The region and the zone of its agents; none: not said.</param>
/// <param name="Resources">Of its agent, as <c>--resources</c> has them; what is not named is detected.</param>
/// <param name="Edge">It is no member: its agent keeps one outgoing connection to a node that is.</param>
/// <param name="Insecure">Other machines may connect without proving anything.</param>
/// <param name="StartTimeout">How long the parts may take to be ready.</param>
/// <param name="StopTimeout">How long stopping may take before the process ends anyhow.</param>
/// <param name="LogFile">Where its log goes; empty: into its data directory.</param>
/// <param name="LogBytesMax">A log of this size is put aside and a new one is begun.</param>
public sealed record NodeSettings(
    int Agents,
    string Roles,
    string Bind,
    string PublicAddress,
    string Hostname,
    string Attributes,
    AgentDomain? Domain,
    string Resources,
    bool Edge,
    bool Insecure,
    TimeSpan StartTimeout,
    TimeSpan StopTimeout,
    string LogFile,
    long LogBytesMax)
{
    public const int AgentsMax = 64;

    private const int TextMax = 4096;

    public static NodeSettings Read(SettingsReader reader)
    {
        var section = reader.Section("node");
        return new NodeSettings(
            section.Count("agents", 1, AgentsMax),
            section.Text("roles", TextMax),
            section.Text("bind", TextMax),
            section.Text("public-address", TextMax),
            section.Text("hostname", 253),
            section.Text("attributes", TextMax),
            DomainOf(section),
            section.Text("resources", TextMax),
            section.Switch("edge"),
            section.Switch("insecure"),
            section.Duration("start-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            section.Duration("stop-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            section.Text("log-file", TextMax),
            section.Bytes("log-bytes-max", 64 * 1024, 1024L * 1024 * 1024));
    }

    private static AgentDomain? DomainOf(SettingsReader section)
    {
        var (region, zone) = (DomainName(section, "region"), DomainName(section, "zone"));
        if (zone.Length > 0 && region.Length == 0)
        {
            section.Refuse("zone", $"the zone '{zone}' is in no region; say the region too (--region, node.region)");
        }

        return region.Length > 0 ? new AgentDomain(region, zone) : null;
    }

    private static string DomainName(SettingsReader section, string key)
    {
        var name = section.Text(key, AgentDomain.NameMax);
        if (name.Length > 0 && !AgentDomain.IsName(name))
        {
            section.Refuse(key, $"'{name}' is no name; it has letters, digits, '-', '_' and '.', such as eu-west-1");
        }

        return name;
    }
}
