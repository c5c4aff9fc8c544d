using ClusterScheduler.Runtime.Stores;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>Where events, snapshots, leases and the list of members are kept.</summary>
/// <param name="Url">As <see cref="StoreAddress.TryParse"/> reads it; empty: SQLite in the data directory.</param>
public sealed record StoreSettings(string Url)
{
    public static StoreSettings Read(SettingsReader reader)
    {
        var section = reader.Section("store");
        var settings = new StoreSettings(section.Text("url", 4096));
        if (!StoreAddress.TryParse(settings.Url, "/", out _, out var problem))
        {
            section.Refuse("url", problem);
        }

        return settings;
    }
}
