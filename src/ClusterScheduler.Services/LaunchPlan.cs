using ClusterScheduler.Core.Jobs.Templates;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Sdk.Placement;

namespace ClusterScheduler.Services;

/// <summary>
/// Turns matches into tasks on offers: takes the resources and ports of each out of what its agent has offered, and
/// remembers the finished descriptions until the attempts are stored.
/// </summary>
internal sealed class LaunchPlan
{
    private readonly Dictionary<AttemptId, TaskInfo> _tasks = [];

    /// <summary>Prepares the matches that the offers really hold.</summary>
    /// <param name="book">The jobs.</param>
    /// <param name="matches">What goes where.</param>
    /// <param name="agents">The agents that the matches index.</param>
    /// <param name="free">What is offered on each of these agents, all its offers together.</param>
    /// <returns>The attempts to store.</returns>
    public ImmutableArray<StagedAttempt> Prepare(
        JobBook book, ImmutableArray<JobMatch> matches, ImmutableArray<PlacementAgent> agents, ResourceSet[] free)
    {
        _tasks.Clear();
        var attempts = ImmutableArray.CreateBuilder<StagedAttempt>(matches.Length);
        foreach (var match in matches)
        {
            var job = book.Jobs[match.Incarnation];
            var agent = agents[match.Agent];
            var id = new AttemptId(match.Incarnation, match.Instance, job.Instance(match.Instance).Attempt + 1);
            if (Demand(job, id).TryPlace(free[match.Agent], out var task, out var rest))
            {
                free[match.Agent] = rest;
                _tasks[id] = task with
                {
                    Plan = PlanTemplates.FillLaunch(task.Plan, match.Instance, agent.Name, task.Ports),
                };
                attempts.Add(new StagedAttempt(id, agent.Id, agent.Name, LimitValues(job, agent)));
            }
        }

        return attempts.ToImmutable();
    }

    /// <summary>The description of an attempt that was prepared.</summary>
    public TaskInfo Task(AttemptId id) => _tasks[id];

    private static TaskDemand Demand(JobState job, AttemptId id)
    {
        var need = job.Spec.Task.Resources;
        var key = job.Spec.Key;
        return new TaskDemand(id.ToTaskId(key.Name), key.Name,
            ResourceSet.Of(need.Cpus, need.Mem, need.Disk), job.Spec.Task.Plan)
        {
            PortNames = need.Ports,
            Priority = job.Spec.Priority,
            SharedDirectory = FormattableString.Invariant($"submission-{job.Submission}"),
            Labels =
            [
                new TaskLabel("job", key.ToString()),
                new TaskLabel("instance", FormattableString.Invariant($"{id.Instance}")),
            ],
        };
    }

    private static ImmutableArray<AttributeValue> LimitValues(JobState job, PlacementAgent agent) =>
        [.. job.Spec.Constraints.OfType<JobConstraint.Limit>()
            .Select(limit => new AttributeValue(limit.Attribute, agent.Attribute(limit.Attribute) ?? ""))];
}
