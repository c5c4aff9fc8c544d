using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Every sample of the documentation is a right job file.</summary>
public class SampleFileTests
{
    public static TheoryData<string> Samples => new(Names);

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "samples"), "*.yaml")
            .Select(path => Path.GetFileName(path)!);

    public static JobFileSource Load(string name) =>
        JobFileReader.Read(Path.Combine(Repository.Root, "docs", "samples", name));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_has_no_finding(string name)
    {
        var source = Load(name);
        Assert.True(source.Reading.File is not null, FindingText.Render(source));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_survives_the_way_through_json(string name)
    {
        var json = JobFileJson.Write(Load(name).Reading.File!);
        var again = JobFileJson.Read(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.Empty(again.Findings);
        Assert.Equal(json, JobFileJson.Write(again.File!));
    }

    [Fact]
    public void Wordcount_is_twelve_maps_on_three_agents_and_a_reduce_after_them()
    {
        var file = Load("wordcount.yaml").Reading.File!;
        Assert.Equal(3, file.Agents.Length);
        Assert.Equal(12, file.Jobs[0].Instances);
        Assert.Equal([file.Jobs[0].Key], file.Jobs[1].After.ToArray());
        Assert.Equal(new JobKey("default", "devel", "map"), file.Jobs[0].Key);
        var samples = file.Jobs[0].Task.Plan.Environment.Single(variable => variable.Name == "SAMPLES").Value;
        Assert.True(Directory.GetFiles(Path.Combine(samples, "data"), "*.txt").Length >= 12);
    }

    [Fact]
    public void Three_agents_are_placed_together_with_at_most_one_task_each()
    {
        var file = Load("three-agents.yaml").Reading.File!;
        Assert.Equal([Scalar.Of(2), Scalar.Of(4), Scalar.Of(6)], file.Agents.Select(agent => agent.Cpus));
        Assert.All(file.Jobs, job => Assert.Equal(new PlacementChoice(PlacementNames.MinDelay, 1), job.Placement));
    }

    [Fact]
    public void Processes_keep_order_failures_and_the_final_one()
    {
        var plan = Load("processes.yaml").Reading.File!.Jobs[0].Task.Plan;
        Assert.Equal(["fetch", "work", "report", "cleanup"], plan.Processes.Select(process => process.Name));
        Assert.Equal(3, plan.Processes[1].MaxFailures);
        Assert.True(plan.Processes[3].Final);
        Assert.Equal([("fetch", "work"), ("work", "report")], plan.Order.Select(pair => (pair.Before, pair.After)));
    }
}
