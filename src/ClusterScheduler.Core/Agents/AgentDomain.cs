namespace ClusterScheduler.Core.Agents;

/// <summary>Where a machine stands (Mesos: <c>DomainInfo.FaultDomain</c>).</summary>
/// <param name="Region">Far apart from other regions: only REGION_AWARE frameworks are offered another one.</param>
/// <param name="Zone">A part of the region that fails on its own; empty: not said.</param>
public sealed record AgentDomain(string Region, string Zone)
{
    /// <summary>The most characters of the name of a region or of a zone.</summary>
    public const int NameMax = 256;

    /// <summary>Whether it can name a region or a zone: letters, digits, '-', '_' and '.'.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= NameMax
            && text.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_' or '.');
    }

    /// <summary>REGION/ZONE, or REGION where no zone was said.</summary>
    public override string ToString() => Zone.Length > 0 ? $"{Region}/{Zone}" : Region;
}
