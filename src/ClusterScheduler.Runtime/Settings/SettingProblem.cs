namespace ClusterScheduler.Runtime.Settings;

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="At">Where it is written; none when the default is wrong together with something else.</param>
/// <param name="Message">Which key, what is wrong with it and what would be right.</param>
public sealed record SettingProblem(SettingPosition? At, string Message)
{
    public override string ToString() => At is null ? Message : $"{At}: {Message}";
}
