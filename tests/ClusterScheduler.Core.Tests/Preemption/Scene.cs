using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Preemption;

/// <summary>
/// Role prod waits for cpus:4 since the start; batch has plenty in excess, dev cpus:3. A minute to wait, five to leave.
/// </summary>
internal static class Scene
{
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private static readonly ReclaimRole[] Roles =
    [
        Role("prod", unmet: "cpus:4", since: 0),
        Role("batch", excess: "cpus:20;mem:100"),
        Role("dev", excess: "cpus:3"),
    ];

    /// <summary>Every role can be offered every agent, however little of it.</summary>
    public static Func<RoleName, AgentId, ResourceSet, bool> Anywhere { get; } = static (_, _, _) => true;

    public static ReclaimSettings Settings(ReclaimMode mode) => ReclaimSettings.Default with { Mode = mode };

    public static ReclaimPlan Decide(ReclaimMode mode, int second, params ReclaimTask[] tasks) =>
        Decide(Roles, mode, second, tasks);

    public static ReclaimPlan Decide(
        ReclaimRole[] roles, ReclaimMode mode, int second, params ReclaimTask[] tasks) =>
        ReclaimDecider.Decide(roles, tasks, Anywhere, Settings(mode), Start.AddSeconds(second));

    public static ReclaimRole Role(
        string name, string unmet = "", int? since = null, string excess = "", string? own = null) => new(
        RoleName.Parse(name),
        ResourceSet.Parse(unmet),
        since is { } second ? Start.AddSeconds(second) : null,
        ResourceSet.Parse(excess),
        ResourceSet.Parse(own ?? excess));

    public static ReclaimTask Task(
        string id, string role, string resources, int priority = 0, int? until = null, string framework = "f") => new(
        new TaskId(id),
        new FrameworkId(framework),
        RoleName.Parse(role),
        new AgentId("a"),
        ResourceSet.Parse(resources),
        priority)
    {
        AskedUntil = until is { } second ? Start.AddSeconds(second) : null,
    };

    public static string Text(ReclaimPlan plan) =>
        string.Join(", ", plan.Steps.Select(step => $"{step.Action} {step.Task.Task}"));
}
