using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Sdk.Placement;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Sdk.Tests.Placement;

public sealed class OfferPickerTests
{
    [Fact]
    public void Each_task_goes_to_the_first_offer_with_room()
    {
        var picked = OfferPicker.Pick(
            [Offer("a", "cpus:2;mem:100"), Offer("b", "cpus:4;mem:100"), Offer("c", "cpus:1;mem:10")],
            [
                Demand("t1", "cpus:2;mem:50"), Demand("t2", "cpus:3;mem:50"),
                Demand("t3", "cpus:9"), Demand("t4", "mem:50"),
            ]);

        Assert.Equal(
            ["a: t1 t4", "b: t2"],
            picked.Used.Select(static use =>
                $"{use.Offer.Id}: {string.Join(' ', use.Tasks.Select(static task => task.TaskId))}"));
        Assert.Equal(["t3"], picked.Waiting.Select(static demand => demand.TaskId.Value));
        Assert.Equal(["c"], picked.Unused.Select(static offer => offer.Id.Value));
    }

    [Fact]
    public void Ports_are_the_lowest_free_ones_and_each_is_used_once()
    {
        var demand = Demand("t1", "cpus:1") with { PortNames = ["http", "admin"] };
        var picked = OfferPicker.Pick(
            [Offer("a", "cpus:8;ports:[31000-31000,31005-31009]")], [demand, demand with { TaskId = new("t2") }]);

        Assert.Equal(
            ["http=31000 admin=31005", "http=31006 admin=31007"],
            picked.Used.Single().Tasks.Select(static task =>
                string.Join(' ', task.Ports.Select(static port => $"{port.Name}={port.Port}"))));
        Assert.Equal("cpus:1;ports:[31000-31000,31005-31005]", picked.Used[0].Tasks[0].Resources.ToString());
    }

    [Theory]
    [InlineData("cpus:2;cpus(ads):1", "cpus:2", "cpus:1;cpus(ads):1")]
    [InlineData("cpus(ads):1", "cpus:1", "cpus(ads):1")]
    [InlineData("cpus(ads):1;cpus:1", "cpus:3", null)]
    [InlineData("cpus{REV}:4", "cpus:1", null)]
    [InlineData("cpus{REV}:4", "cpus{REV}:1", "cpus{REV}:1")]
    [InlineData("disk(ads)[id=v1,path=data]:10", "disk:1", null)]
    [InlineData("disk(ads)[id=v1,path=data]:10", "disk(ads)[id=v1,path=data]:10", "disk(ads)[id=v1,path=data]:10")]
    [InlineData("zones:{a,b};bogomips:5", "zones:{b};bogomips:5", "bogomips:5;zones:{b}")]
    public void Reserved_resources_are_used_first_revocable_ones_only_by_name(string free, string wanted, string? taken)
    {
        var fits = OfferPicker.TryTake(ResourceSet.Parse(free), ResourceSet.Parse(wanted), 0, out var got, out _);
        Assert.Equal(taken, fits ? got.ToString() : null);
    }

    [Fact]
    public void What_is_placed_is_contained_in_its_offer_and_nothing_is_lost_or_used_twice() =>
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var offers = Enumerable.Range(0, random.Next(6)).Select(index => Offer(
                $"o{index}",
                $"cpus:{random.Next(1, 9)};cpus(ads):{random.Next(1, 3)};ports:[1-{random.Next(1, 6)}]")).ToArray();
            var demands = Enumerable.Range(0, random.Next(12)).Select(index =>
                Demand($"t{index}", $"cpus:{random.Next(1, 5)}") with
                {
                    PortNames = [.. Enumerable.Range(0, random.Next(3)).Select(static port => $"p{port}")],
                }).ToArray();
            var picked = OfferPicker.Pick(offers, demands);
            var placed = picked.Used.SelectMany(static use => use.Tasks).Select(static task => task.TaskId);
            return picked.Used.All(static use => use.Offer.Resources.Contains(Sum(use.Tasks)))
                && picked.Used.Length + picked.Unused.Length == offers.Length
                && placed.Concat(picked.Waiting.Select(static demand => demand.TaskId)).Order()
                    .SequenceEqual(demands.Select(static demand => demand.TaskId).Order())
                && picked.Waiting.All(demand =>
                    picked.Unused.All(offer => !demand.TryPlace(offer.Resources, out _, out _)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static ResourceSet Sum(ImmutableArray<Core.Tasks.TaskInfo> tasks) =>
        tasks.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Resources);

    private static Offer Offer(string id, string resources) =>
        new(new OfferId(id), new("agent"), "host", [], "ads", ResourceSet.Parse(resources));

    private static TaskDemand Demand(string id, string resources) =>
        new(new(id), id, ResourceSet.Parse(resources), TaskPlan.OfShell("true"));
}
