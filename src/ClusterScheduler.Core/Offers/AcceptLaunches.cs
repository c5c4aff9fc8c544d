using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>What the launches of an accept take of what is offered.</summary>
/// <param name="Left">What they leave.</param>
/// <param name="Verdicts">One a launch, in the order asked for.</param>
/// <param name="Used">What turned from offered into used.</param>
internal sealed record AcceptLaunches(
    ResourceSet Left, ImmutableArray<LaunchVerdict> Verdicts, ImmutableArray<TaskAllocation> Used)
{
    /// <summary>
    /// Launches in order from the pool. A shared volume in it is for all of them; it is left over if none uses it.
    /// </summary>
    public static AcceptLaunches Run(
        OfferBook book, AgentLedger agent, AcceptRequest request, string role, ResourceSet pool, DateTimeOffset now)
    {
        var verdicts = ImmutableArray.CreateBuilder<LaunchVerdict>(request.Launches.Length);
        var used = ImmutableArray.CreateBuilder<TaskAllocation>(request.Launches.Length);
        foreach (var task in request.Launches)
        {
            if ((Broken(agent, request, role, task) ?? NotIn(agent, pool, task)) is { } wrong)
            {
                verdicts.Add(new LaunchVerdict(
                    task.TaskId, false, TaskState.Error, StatusReason.TaskInvalid, wrong));
                continue;
            }

            pool -= task.Resources.Unshared;
            var allocation = new TaskAllocation(request.FrameworkId, task.TaskId, role, task.Resources,
                agent.Session, now, Confirmed: false)
            {
                Priority = task.Priority,
            };
            book.Put(agent, allocation);
            used.Add(allocation);
            verdicts.Add(new LaunchVerdict(task.TaskId, true, TaskState.Staging, StatusReason.None, ""));
        }

        var shared = used.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Resources.Shared).Shared;
        return new AcceptLaunches(pool - shared, verdicts.ToImmutable(), used.ToImmutable());
    }

    private static string? Broken(AgentLedger agent, AcceptRequest request, string role, TaskInfo task)
    {
        if (TaskRules.Check(task) is { } wrong)
        {
            return wrong;
        }

        if (agent.Find(request.FrameworkId, task.TaskId) is not null)
        {
            return $"task id '{task.TaskId}' is in use on agent '{agent.Id}'";
        }

        var own = RoleName.Parse(role);
        return task.Resources.IsPlain || task.Resources.Items.All(item => item.Key.Reservations.IsOfferableTo(own))
            ? null
            : $"the task asks for {task.Resources}, some of which is reserved to others than role '{role}'";
    }

    private static string? NotIn(AgentLedger agent, ResourceSet pool, TaskInfo task)
    {
        var shared = task.Resources.Shared;
        return pool.TrySubtract(task.Resources.Unshared, out var rest) && rest.Contains(shared)
            && agent.Total.Contains(shared)
                ? null
                : $"the task asks for {task.Resources}; {pool} is left of the offers on agent '{agent.Id}'";
    }
}
