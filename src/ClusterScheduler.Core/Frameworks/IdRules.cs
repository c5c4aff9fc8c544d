namespace ClusterScheduler.Core.Frameworks;

/// <summary>What an id that a framework chooses must fulfil (Mesos: common/validation, validateID).</summary>
public static class IdRules
{
    /// <summary>The longest id, in characters.</summary>
    public const int LengthMax = 255;

    /// <summary>The rule that the id breaks, as a sentence; else none.</summary>
    /// <param name="kind">What it is the id of, for the sentence: "task id".</param>
    /// <param name="id">The id.</param>
    public static string? Check(string kind, string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LengthMax)
        {
            return $"a {kind} has 1 to {LengthMax} characters; this one has {id?.Length ?? 0}";
        }

        return id is "." or ".." || id.Any(static c => c is '/' or '\\' || char.IsControl(c))
            ? $"{kind} '{id}' has a slash or a control character, or is a directory's name"
            : null;
    }
}
