namespace ClusterScheduler.Runtime.Settings;

/// <summary>
/// Where settings come from, the strongest first: the command line, the environment, a file with what it includes,
/// and <c>hocon/reference.conf</c>, which holds every key.
/// </summary>
public sealed record SettingsSources
{
    /// <summary>No file, no environment, nothing on the command line.</summary>
    public static SettingsSources ReferenceOnly { get; } = new();

    /// <summary>A HOCON file; none: only the reference.</summary>
    public string? File { get; init; }

    /// <summary>The variables of the process. CSCHED_MASTER_ALLOCATION_INTERVAL stands for
    /// cluster-scheduler.master.allocation-interval.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys set on the command line, with their values.</summary>
    public IReadOnlyList<CommandLineSetting> CommandLine { get; init; } = [];

    /// <summary>HOCON that the program itself puts above the reference and below everything a user says.</summary>
    public string Profile { get; init; } = "";
}

/// <summary>A key that an option of the command line sets.</summary>
/// <param name="Option">How the user wrote it: <c>--port</c>.</param>
public sealed record CommandLineSetting(string Option, string Path, string Value);
