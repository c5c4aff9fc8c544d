using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>What requests about jobs have in common: the key in the path, and refusals as problems.</summary>
internal static class JobRequests
{
    public const string KeyPath = "{role}/{environment}/{name}";

    public static JobKey Key(this HttpContext context)
    {
        var text = $"{context.PathValue("role")}/{context.PathValue("environment")}/{context.PathValue("name")}";
        return JobKey.TryParse(text, out var key)
            ? key
            : throw new ProblemException(400, "bad-job-key",
                $"'{text}' is no job: write role/environment/name, each of letters, digits, '_', '-' and '.'");
    }

    public static ProblemException AsProblem(this JobRefusal refusal) => refusal switch
    {
        JobRefusal.Invalid invalid => new ProblemException(422, "job-invalid", refusal.Describe())
        {
            Errors = [.. invalid.Findings.Select(finding =>
                $"{finding.Position} [{finding.Path}] {finding.Problem}; right would be: {finding.Remedy}")],
        },
        JobRefusal.AlreadyActive => new ProblemException(409, "job-active", refusal.Describe()),
        JobRefusal.AlreadyEnded => new ProblemException(409, "job-ended", refusal.Describe()),
        JobRefusal.UnknownJob => new ProblemException(404, "job-unknown", refusal.Describe()),
        JobRefusal.UnknownInstance => new ProblemException(404, "instance-unknown", refusal.Describe()),
        _ => new ProblemException(503, "too-many-jobs", refusal.Describe()),
    };

    /// <summary>The answer, or the refusal as a problem.</summary>
    public static async Task<T> AskServices<T>(this ControlPlane plane, object question, CancellationToken cancelled) =>
        Answer<T>(question, await plane.Ask<object>(plane.Services, question, cancelled));

    /// <summary>The same for a submission: of one that is said twice, the second is refused.</summary>
    public static async Task<T> TellServicesOnce<T>(
        this ControlPlane plane, object question, CancellationToken cancelled) =>
        Answer<T>(question, await plane.AskOnce<object>(plane.Services, question, cancelled));

    private static T Answer<T>(object question, object answer) => answer switch
    {
        T typed => typed,
        ServicesProtocol.RequestRefused refused => throw refused.Reason.AsProblem(),
        var other => throw new InvalidOperationException($"{question} was answered with {other}"),
    };
}
