namespace ClusterScheduler.Runtime.Settings;

/// <summary>Where a setting was written.</summary>
/// <param name="Source">A file, or what stands for one (<c>environment variable CSCHED_...</c>).</param>
/// <param name="Line">From 1; 0 where there are no lines.</param>
/// <param name="Column">From 1; 0 where there are no columns.</param>
public sealed record SettingPosition(string Source, int Line, int Column)
{
    public override string ToString() =>
        Line == 0 ? Source : FormattableString.Invariant($"{Source}:{Line}:{Column}");
}
