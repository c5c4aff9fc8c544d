using System.Globalization;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Allocation.Oversubscription;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The commands about single tasks: what they hold, what they use, and who is evicted.</summary>
internal sealed partial class Scenario
{
    private readonly SortedDictionary<TaskId, RunningTask> running = [];
    private (TimeSpan Window, EstimatorSettings Estimator, PressureRule Pressure) oversubscription =
        (TimeSpan.FromMinutes(5), EstimatorSettings.Default, PressureRule.Default);

    private IEnumerable<string> AboutTasks(string command, string[] arguments) => command switch
    {
        "task" => Answer(Launch(arguments)),
        "end" => Answer(End(new TaskId(arguments[0]))),
        "oversubscribe" => Oversubscribe(arguments),
        "use" => Use(running[new TaskId(arguments[0])], arguments),
        "estimate" => [Text(RevocableEstimator.Estimate(
            On(arguments[0]).Select(each => new EstimatedTask(
                each.Task.Resources.Where(item => !item.Key.IsRevocable), each.Usage)),
            oversubscription.Estimator))],
        "pressure" => Lines(Evict(arguments[0]).Select(task => $"{task.Task} is evicted")),
        _ => Reclaim(command, arguments),
    };

    // task TASK FRAMEWORK ROLE AGENT RESOURCES [priority=N] starts on what is offered there.
    private AllocatorRefusal? Launch(string[] arguments)
    {
        var task = new ReclaimTask(
            new TaskId(arguments[0]),
            Framework(arguments[1]),
            RoleName.Parse(arguments[2]),
            Agent(arguments[3]),
            ResourceSet.Parse(arguments[4]),
            int.Parse(Named(arguments, "priority") ?? "0", CultureInfo.InvariantCulture));
        running.Add(task.Task, new RunningTask(task, now, new UsageWindow(oversubscription.Window)));
        return Fast.Consume(task.Framework, task.Role, task.Agent, task.Resources, now);
    }

    private AllocatorRefusal? End(TaskId id)
    {
        running.Remove(id, out var ended);
        var task = ended!.Task;
        return Fast.RecoverUsed(task.Framework, task.Role, task.Agent, task.Resources);
    }

    private string[] Oversubscribe(string[] arguments)
    {
        oversubscription = (
            Seconds(Named(arguments, "window")!),
            new EstimatorSettings(
                Number(Named(arguments, "safety")!),
                int.Parse(Named(arguments, "samples")!, CultureInfo.InvariantCulture)),
            new PressureRule(Number(Named(arguments, "cpus")!), Number(Named(arguments, "mem")!)));
        return [];
    }

    // use TASK AMOUNTS [times=N]: so much for so many seconds, a sample each; the clock goes on.
    private string[] Use(RunningTask task, string[] arguments)
    {
        var used = ResourceSet.Parse(arguments[1]);
        for (var times = Number(Named(arguments, "times") ?? "1"); times > 0; times--)
        {
            now += TimeSpan.FromSeconds(1);
            Assert.True(task.Usage.TryAdd(new UsageSample(now, used.Cpus, used.Mem)));
        }

        task.Used = used;
        return [];
    }

    private IReadOnlyList<RevocableTask> Evict(string agent)
    {
        var total = Known(agent).Total.Where(item => !item.Key.IsRevocable);
        var used = On(agent).Aggregate(ResourceSet.Empty, (sum, each) => sum + each.Used);
        return oversubscription.Pressure.Evict(total, used.Cpus, used.Mem, On(agent)
            .Where(each => each.Task.IsRevocable)
            .Select(each => new RevocableTask(
                each.Task.Framework, each.Task.Task, each.Task.Priority, each.Start, each.Used.Cpus, each.Used.Mem)));
    }

    private IEnumerable<RunningTask> On(string agent) =>
        running.Values.Where(each => each.Task.Agent == Agent(agent));

    private sealed record RunningTask(ReclaimTask Task, DateTimeOffset Start, UsageWindow Usage)
    {
        public ResourceSet Used { get; set; }
    }
}
