using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>job list|show|kill, why task</summary>
public static class JobCatalogue
{
    public static CommandArgument Job { get; } = new(
        "job", "role/environment/name, or the name alone where it is unique");
    private static readonly CommandArgument Instances = new("instances", "numbers such as 0,3,7", IsOptional: true);

    public static OperatorCommand List { get; } = new(
        "job", "list", "List all jobs that are remembered, the oldest first", ListJobs)
    {
        Examples = [new("csched job list", "the oldest first")],
    };

    public static OperatorCommand Show { get; } = new(
        "job", "show", "Show one job with its instances", ShowJob)
    {
        Arguments = [Job],
    };

    public static OperatorCommand Kill { get; } = new(
        "job", "kill", "End a job, or some of its instances, each with its grace", KillJob)
    {
        Arguments = [Job, Instances],
        Changes = true,
    };

    internal static ImmutableArray<OperatorCommand> All => [List, Show, Kill];

    private static async Task<CommandAnswer> ListJobs(CommandCall call) =>
        await Ask<ServicesProtocol.JobList>(call, new ServicesProtocol.ListJobs(), list => CommandAnswer.Table.Of(
            ["job", "phase", "instances", "waiting", "active", "finished", "failed", "killed", "submitted", "ended"],
            list.Jobs.Select(job => new CommandCell[]
            {
                job.Key.ToString(), job.Phase.ToString().ToLowerInvariant(), job.Instances, job.Waiting, job.Active,
                job.Finished, job.Failed, job.Killed, job.SubmittedAt, job.EndedAt,
            })));

    private static Task<CommandAnswer> ShowJob(CommandCall call) => WithKey(call, key =>
        Ask<ServicesProtocol.JobDetails>(call, new ServicesProtocol.ShowJob(key), job => CommandAnswer.Table.Of(
            ["instance", "phase", "task", "attempt", "failures", "host", "since"],
            job.Instances.Select(each => new CommandCell[]
            {
                each.Instance,
                each.State.Phase.ToString().ToLowerInvariant(),
                each.TaskId?.Value,
                each.State.Attempt + 1,
                each.State.Failures,
                each.State.Hostname,
                each.State.Since == default ? null : (DateTimeOffset?)each.State.Since,
            }))));

    private static Task<CommandAnswer> KillJob(CommandCall call) => WithKey(call, key =>
        TryReadInstances(call[Instances], out var instances)
            ? Ask<ServicesProtocol.KillNoted>(call, new ServicesProtocol.KillJob(key, instances), noted =>
                new CommandAnswer.Done(string.Create(
                    CultureInfo.InvariantCulture, $"{noted.Key}: {noted.Instances} instances are being killed")))
            : Task.FromResult<CommandAnswer>(new CommandAnswer.Refused(CommandFault.WrongInput, "bad-argument",
                $"instances is '{call[Instances]}'; write numbers with commas between them, such as 0,3,7")));

    private static async Task<CommandAnswer> WithKey(CommandCall call, Func<JobKey, Task<CommandAnswer>> run)
    {
        if (JobKey.TryParse(call[Job], out var key))
        {
            return await run(key);
        }

        ImmutableArray<JobKey> named = [];
        var answer = await Ask<ServicesProtocol.JobList>(call, new ServicesProtocol.ListJobs(), list =>
        {
            named = [.. list.Jobs.Select(job => job.Key).Where(each => each.Name == call[Job]).Distinct()];
            return new CommandAnswer.Done("");
        });
        return answer is CommandAnswer.Refused ? answer : named switch
        {
            [var only] => await run(only),
            [] => new CommandAnswer.Refused(CommandFault.Unknown, "job-unknown",
                $"there is no job '{call[Job]}'; write role/environment/name, or a name"),
            _ => new CommandAnswer.Refused(CommandFault.Conflict, "job-ambiguous",
                $"{named.Length} jobs are called '{call[Job]}': say which: {string.Join(", ", named)}"),
        };
    }

    private static async Task<CommandAnswer> Ask<T>(CommandCall call, object question, Func<T, CommandAnswer> answered)
    {
        if (call.Refs.Services is not { } services)
        {
            return new CommandAnswer.Refused(
                CommandFault.Unavailable, "no-services", "this node has no way to the service scheduler");
        }

        return await call.Ask(services, question) switch
        {
            T answer => answered(answer),
            ServicesProtocol.RequestRefused refused => new CommandAnswer.Refused(
                CommandFault.Conflict, "job-refused", refused.Reason.Describe()),
            var other => throw new InvalidOperationException($"{question} was answered with {other}"),
        };
    }

    private static bool TryReadInstances(string text, out ImmutableArray<int> instances)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        var isRight = true;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            isRight &= int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            numbers.Add(number);
        }

        instances = numbers.ToImmutable();
        return isRight;
    }
}
