namespace ClusterScheduler.Runtime.Settings;

/// <summary>The settings cannot be used: everything that is wrong with them, one line each.</summary>
public sealed class SettingsException(IReadOnlyList<SettingProblem> problems)
    : Exception(string.Join('\n', problems))
{
    public SettingsException(SettingPosition? at, string message) : this([new SettingProblem(at, message)])
    {
    }

    public IReadOnlyList<SettingProblem> Problems { get; } = problems;
}
