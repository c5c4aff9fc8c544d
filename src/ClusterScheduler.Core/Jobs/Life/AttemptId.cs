using System.Globalization;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>
/// Names one attempt: the job's incarnation, the instance and the attempt's number. The task id is made from these
/// and nothing else, so that it is the same however often it is made, and no two attempts ever share one.
/// </summary>
/// <param name="Incarnation">Counts all jobs that were ever submitted, from 1.</param>
/// <param name="Instance">From 0.</param>
/// <param name="Attempt">From 0.</param>
public readonly record struct AttemptId(long Incarnation, int Instance, int Attempt)
{
    /// <summary>Of the job's name so much goes in front, for people; file names have a limit.</summary>
    private const int NameShownMax = 64;

    /// <summary>name-incarnation-instance-attempt.</summary>
    public TaskId ToTaskId(string jobName) => new(string.Create(CultureInfo.InvariantCulture,
        $"{(jobName.Length > NameShownMax ? jobName[..NameShownMax] : jobName)}-{Incarnation}-{Instance}-{Attempt}"));

    /// <summary>Reads the three numbers at the end; false for a task that this scheduler did not name.</summary>
    public static bool TryParse(TaskId taskId, out AttemptId attempt)
    {
        attempt = default;
        var parts = taskId.Value.Split('-');
        if (parts.Length < 4
            || !long.TryParse(parts[^3], NumberStyles.None, CultureInfo.InvariantCulture, out var incarnation)
            || !int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var instance)
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        attempt = new AttemptId(incarnation, instance, number);
        return true;
    }
}
