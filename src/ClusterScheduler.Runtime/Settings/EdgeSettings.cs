namespace ClusterScheduler.Runtime.Settings;

/// <summary>Where a node takes agents that are not members of the cluster.</summary>
/// <param name="Listen">HOST:PORT; empty: it takes none.</param>
/// <param name="CertificateFile">PEM, for TLS; empty: none.</param>
/// <param name="KeyFile">PEM, the certificate's key; empty: it is in the certificate's file.</param>
/// <param name="SessionsMax">More agents are refused.</param>
public sealed record EdgeSettings(string Listen, string CertificateFile, string KeyFile, int SessionsMax)
{
    public static EdgeSettings Read(SettingsReader reader)
    {
        const int textMax = 4096;
        var section = reader.Section("edge");
        var settings = new EdgeSettings(
            section.Text("listen", textMax),
            section.Text("certificate-file", textMax),
            section.Text("key-file", textMax),
            section.Count("sessions-max", 1, 100_000));
        if (settings.KeyFile.Length > 0 && settings.CertificateFile.Length == 0)
        {
            section.Refuse("key-file", "edge.certificate-file is not set; a key alone is of no use");
        }

        return settings;
    }
}
