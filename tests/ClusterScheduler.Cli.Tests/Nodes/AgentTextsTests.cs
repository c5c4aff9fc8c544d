using ClusterScheduler.Cli.Nodes.Machines;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Cli.Tests.Nodes;

public sealed class AgentTextsTests
{
    private const long GiB = 1L << 30;

    private static readonly ResourceSet s_machine = DetectedResources.Of(8, 32 * GiB, 100 * GiB);

    [Fact]
    public void A_machine_keeps_what_Mesos_leaves_it() =>
        Assert.Equal(ResourceSet.Parse("cpus:8;mem:31744;disk:97280;ports:[31000-32000]"), s_machine);

    [Fact]
    public void A_small_machine_gives_half() =>
        Assert.Equal(
            ResourceSet.Parse("cpus:1;mem:512;disk:4096;ports:[31000-32000]"),
            DetectedResources.Of(1, 1 * GiB, 8 * GiB));

    [Theory]
    [InlineData("", "cpus:8;mem:31744;disk:97280;ports:[31000-32000]")]
    [InlineData("cpus:4;mem:16GiB", "cpus:4;mem:16384;disk:97280;ports:[31000-32000]")]
    [InlineData("mem:512MiB;disk:1TiB;ports:[5000-5001]", "cpus:8;mem:512;disk:1048576;ports:[5000-5001]")]
    [InlineData("gpus:2;ports:[]", "cpus:8;gpus:2;mem:31744;disk:97280")]
    [InlineData("mem(ads):1GiB;disk:0", "cpus:8;mem(ads):1024;ports:[31000-32000]")]
    public void What_is_named_counts_and_the_rest_is_detected(string said, string expected)
    {
        Assert.True(AgentTexts.TryResources(said, s_machine, out var resources, out var problem), problem);
        Assert.Equal(ResourceSet.Parse(expected), resources);
    }

    [Theory]
    [InlineData("cpus=8", "expected name:value")]
    [InlineData("cpus:8;mem:16GB", "resource 'mem:16GB': write MiB as a number, or a number with MiB, GiB or TiB")]
    [InlineData("cpus:many", "resource 'cpus:many': the amount is refused: it must be a number")]
    [InlineData("cpus:-1", "it must not be below zero")]
    [InlineData("cpus(a//b):1", "two slashes must not follow each other")]
    [InlineData("cpus(+*):1", "nothing can be reserved to *")]
    [InlineData("cpus:0;mem:0;disk:0;ports:[]", "nothing is left to offer")]
    [InlineData("ports:[1-9];ports(ads):[5-20]", "both have [5-9]")]
    public void Wrong_resources_are_refused_with_the_item(string said, string problem)
    {
        Assert.False(AgentTexts.TryResources(said, s_machine, out _, out var why));
        Assert.Contains(problem, why, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_have_a_name_and_a_value()
    {
        Assert.True(AgentTexts.TryAttributes("rack=r7; zone:north", out var attributes, out _));
        Assert.Equal(["rack=r7", "zone=north"], attributes.Select(one => $"{one.Name}={one.Value}"));
        Assert.False(AgentTexts.TryAttributes("rack", out _, out var problem));
        Assert.Contains("'rack': write name=value", problem, StringComparison.Ordinal);
    }
}
