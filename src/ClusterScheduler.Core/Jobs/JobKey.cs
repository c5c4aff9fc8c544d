namespace ClusterScheduler.Core.Jobs;

/// <summary>
/// Names one job of the service scheduler (Aurora: JobKey, whose cluster part is the cluster asked).
/// </summary>
/// <param name="Role">Who runs it: unit of fairness, quota and preemption.</param>
/// <param name="Environment">prod, devel, test or staging with a number; has no effect on scheduling.</param>
/// <param name="Name">Unique within role and environment.</param>
public readonly record struct JobKey(string Role, string Environment, string Name) : IComparable<JobKey>
{
    /// <summary>Reads <c>role/environment/name</c>; false when it has other than three parts or one breaks the rule
    /// of <see cref="IsValidPart"/>.</summary>
    public static bool TryParse(string text, out JobKey key)
    {
        var parts = text.Split('/');
        var valid = parts.Length == 3 && parts.All(IsValidPart);
        key = valid ? new JobKey(parts[0], parts[1], parts[2]) : default;
        return valid;
    }

    /// <summary>Aurora's rule for each part: letters, digits, underscore, hyphen and dot, 1 to 255 of them; not
    /// dots alone, because parts name directories.</summary>
    public static bool IsValidPart(string part) =>
        part.Length is > 0 and <= JobLimits.NameLengthMax && part.Any(c => c != '.')
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <summary>Ordinal order of role, environment, name.</summary>
    public int CompareTo(JobKey other)
    {
        var byRole = string.CompareOrdinal(Role, other.Role);
        var byEnvironment = byRole != 0 ? byRole : string.CompareOrdinal(Environment, other.Environment);
        return byEnvironment != 0 ? byEnvironment : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>role/environment/name.</summary>
    public override string ToString() => $"{Role}/{Environment}/{Name}";
}
