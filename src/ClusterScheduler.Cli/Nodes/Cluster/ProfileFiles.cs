using System.Reflection;
using System.Text;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// The files of <c>hocon/profiles</c> and <c>hocon/roles</c>, which are in the program. They stand above the reference
/// and below what a user says: first the profile, then the file of each role.
/// </summary>
internal static class ProfileFiles
{
    private const string Prefix = "csched.hocon.";

    /// <summary>Names of profiles.</summary>
    public static IReadOnlyList<string> Profiles { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Prefix}profiles.", StringComparison.Ordinal))
            .Select(name => name[$"{Prefix}profiles.".Length..].Replace(".conf", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Everything that the node is told, by the program and by the user.</summary>
    /// <param name="directory">The node's data directory.</param>
    /// <param name="profile">The name of a profile; none: none.</param>
    /// <param name="sources">What the user says.</param>
    public static LoadedSettings Load(string directory, string? profile, SettingsSources sources)
    {
        var text = new StringBuilder(NodeProfile.Of(directory)).Append('\n');
        if (profile is not null)
        {
            text.Append(Text("profiles", profile)).Append('\n');
        }

        // Which role files are read follows from the settings without them.
        var first = SettingsLoader.Load(sources with { Profile = text.ToString() });
        var said = first.Config.GetString("cluster-scheduler.node.roles") ?? "";
        if (NodeRoles.TryParse(said, out var roles, out _))
        {
            foreach (var role in roles.Names)
            {
                text.Append(Text("roles", role)).Append('\n');
            }
        }

        return SettingsLoader.Load(sources with { Profile = text.ToString() });
    }

    /// <summary>The text of one file.</summary>
    /// <param name="folder"><c>profiles</c> or <c>roles</c>.</param>
    /// <param name="name">Without <c>.conf</c>.</param>
    public static string Text(string folder, string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{folder}.{name}.conf")
            ?? throw new UserException(
                $"there is no profile '{name}'; there are {string.Join(", ", Profiles)}", ExitCode.WrongInput);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
