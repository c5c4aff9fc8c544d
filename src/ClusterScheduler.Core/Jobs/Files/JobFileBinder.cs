using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Format;
using ClusterScheduler.Core.Jobs.Templates;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Makes the model from a tree in which every rule holds.</summary>
internal sealed class JobFileBinder(string? directory)
{
    public JobFile Bind(FileNode.Map root) => new(
        root["agents"] switch
        {
            FileNode.Scalar count => AgentSpec.Defaults(ToInt(count)),
            FileNode.List list => [.. list.Items.Cast<FileNode.Map>().Select(Agent)],
            _ => [],
        },
        [.. Items(root["jobs"]).Cast<FileNode.Map>().Select(Job)]);

    private static AgentSpec Agent(FileNode.Map agent)
    {
        var @default = AgentSpec.Default(Text(agent, "name")!);
        var resources = agent["resources"] as FileNode.Map;
        var ports = Text(resources, "ports")?.Split('-');
        return @default with
        {
            Cpus = Amount(resources, "cpus", @default.Cpus),
            Mem = Amount(resources, "mem", @default.Mem),
            Disk = Amount(resources, "disk", @default.Disk),
            Ports = ports is null ? @default.Ports : new ValueRange(
                int.Parse(ports[0], CultureInfo.InvariantCulture), int.Parse(ports[1], CultureInfo.InvariantCulture)),
            Attributes = [.. Pairs(agent["attributes"]).Select(pair => new AttributeValue(pair.Key, pair.Value))],
        };
    }

    private JobSpec Job(FileNode.Map job)
    {
        var key = new JobKey(
            Text(job, "role") ?? JobFileDefaults.Role,
            Text(job, "environment") ?? JobFileDefaults.Environment,
            Text(job, "name")!);
        return new JobSpec(key, Task((FileNode.Map)job["task"]!))
        {
            Instances = Int(job, "instances", 1),
            After = [.. Texts(job["after"]).Select(name => JobNameChecks.Resolve(name, key)!.Value).Distinct().Order()],
            Constraints = [.. Pairs(job["constraints"]).Select(pair => JobConstraint.TryParse(pair.Key, pair.Value)!)],
            Priority = Int(job, "priority", 0),
            Placement = job["placement"] switch
            {
                FileNode.Scalar policy => new PlacementChoice(policy.Text, 0),
                FileNode.Map placement =>
                    new PlacementChoice(Text(placement, "policy")!, Int(placement, "per_agent", 0)),
                _ => PlacementChoice.Default,
            },
        };
    }

    private TaskSpec Task(FileNode.Map task)
    {
        var resources = task["resources"] as FileNode.Map;
        var plan = new TaskPlan(
            task["command"] is { } command
                ? TaskPlan.Of(Command(command)).Processes
                : [.. Items(task["processes"]).Cast<FileNode.Map>().Select(Process)],
            Order(task["order"]),
            Int(task, "max_failed_processes", 1),
            Int(task, "max_concurrency", 0),
            Time(task, "kill_grace", TaskPlan.DefaultKillGrace),
            Time(task, "finalization_wait", TaskPlan.DefaultFinalizationWait),
            [.. Pairs(task["env"]).Select(pair => new EnvironmentVariable(pair.Key, Fill(pair.Value)))]);
        return new TaskSpec(plan, new TaskResources(
            Amount(resources, "cpus", TaskResources.Default.Cpus),
            Amount(resources, "mem", TaskResources.Default.Mem),
            Amount(resources, "disk", TaskResources.Default.Disk),
            [.. Texts(resources?["ports"])]))
        {
            MaxFailures = Int(task, "max_failures", 1),
        };
    }

    private ProcessSpec Process(FileNode.Map process) =>
        new(Text(process, "name")!, Command(process["cmdline"]!))
    {
        MaxFailures = Int(process, "max_failures", 1),
        Final = Text(process, "final") == "true",
        Daemon = Text(process, "daemon") == "true",
        Ephemeral = Text(process, "ephemeral") == "true",
        MinDuration = Time(process, "min_duration", TimeSpan.FromSeconds(5)),
    };

    private ImmutableArray<string> Command(FileNode node) => node is FileNode.Scalar line
        ? ["/bin/sh", "-c", Fill(line.Text)]
        : [.. Texts(node).Select(Fill)];

    private string Fill(string text) =>
        directory is null ? text : Template.ReplaceOnly(text, Template.FileDirectory, directory);

    private static ImmutableArray<ProcessOrder> Order(FileNode? node)
    {
        var chains = Items(node).Any(item => item is FileNode.List) ? Items(node) : node is null ? [] : [node];
        return [.. chains.Select(chain => Texts(chain).ToArray())
            .SelectMany(names => names.Zip(names.Skip(1), (before, after) => new ProcessOrder(before, after)))
            .Distinct()];
    }

    private static ImmutableArray<FileNode> Items(FileNode? node) => node is FileNode.List list ? list.Items : [];

    private static IEnumerable<string> Texts(FileNode? node) =>
        Items(node).Cast<FileNode.Scalar>().Select(item => item.Text);

    private static IEnumerable<(string Key, string Value)> Pairs(FileNode? node) => node is FileNode.Map map
        ? map.Entries.Select(entry => (entry.Key, ((FileNode.Scalar)entry.Value).Text))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        : [];

    private static string? Text(FileNode.Map? map, string key) => (map?[key] as FileNode.Scalar)?.Text;

    private static int Int(FileNode.Map map, string key, int @default) =>
        map[key] is FileNode.Scalar scalar ? ToInt(scalar) : @default;

    private static int ToInt(FileNode.Scalar scalar) => int.Parse(scalar.Text, CultureInfo.InvariantCulture);

    private static Scalar Amount(FileNode.Map? map, string key, Scalar @default) =>
        Text(map, key) is not { } text ? @default
        : SizeText.TryParse(text, out var milli) ? new Scalar(milli)
        : throw new InvalidOperationException($"{text} was checked and is no quantity");

    private static TimeSpan Time(FileNode.Map map, string key, TimeSpan @default) =>
        Text(map, key) is not { } text ? @default
        : DurationText.TryParse(text, out var duration) ? duration
        : throw new InvalidOperationException($"{text} was checked and is no duration");
}
