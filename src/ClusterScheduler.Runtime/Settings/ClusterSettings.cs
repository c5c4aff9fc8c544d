namespace ClusterScheduler.Runtime.Settings;

/// <summary>All settings of the product; one record for each section of <c>hocon/reference.conf</c>.</summary>
public sealed record ClusterSettings(NodeSettings Node, AgentSettings Agent, GatewaySettings Gateway)
{
    /// <exception cref="SettingsException">Everything that is wrong with any of them.</exception>
    public static ClusterSettings Read(SettingsReader reader)
    {
        var settings = new ClusterSettings(
            NodeSettings.Read(reader), AgentSettings.Read(reader), GatewaySettings.Read(reader));
        reader.Done();
        return settings;
    }
}
