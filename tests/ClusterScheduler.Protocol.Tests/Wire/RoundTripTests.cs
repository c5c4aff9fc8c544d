using Akka.Actor;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Protocol.Tests.Wire;

public sealed class RoundTripTests(WireSubject subject) : IClassFixture<WireSubject>
{
    [Fact]
    public void Whatever_is_written_is_read_back_the_same()
    {
        var manifests = WireManifests.All.ToArray();
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var manifest = manifests[random.Next(manifests.Length)];
            var value = new SampleValues(subject.Actor, random).Make(manifest.Type);
            var bytes = subject.Serializer.ToBinary(value);
            var difference = Deep.Difference(value, subject.Serializer.FromBinary(bytes, manifest.Name));
            return (difference is null).Label($"seed {seed}, {manifest.Name}: {difference}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void An_actor_is_found_again_by_its_path_and_uid()
    {
        var actor = subject.System.ActorOf(Props.Create(() => new Silent()), "agent");
        var message = new MasterProtocol.AgentLocated(new("a1"), actor, new(new(3), 17));
        var json = subject.Write(message);

        Assert.Equal(message, subject.Read<MasterProtocol.AgentLocated>(json, "master.agent-located/1"));
        Assert.Contains("akka://golden/user/agent#", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_resources_are_written_in_their_text_form()
    {
        Prop.ForAll<PositiveInt, NonNegativeInt, bool>((cpus, mem, gpus) =>
        {
            var set = ResourceSet.Of(
                new Scalar(cpus.Get), new Scalar(mem.Get * 100L), new Scalar(mem.Get), Scalar.Of(gpus ? 3 : 0));
            var json = subject.Write(new AgentProtocol.RunTask(new("f"), Task(set), "web", default));
            return json.Contains($"\"resources\":\"{set}\"", StringComparison.Ordinal)
                && subject.Read<AgentProtocol.RunTask>(json, "agent.run-task/1").Task.Resources == set;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("cpus:1.2345;mem:1e3", "cpus:1.235;mem:1000")]
    [InlineData("cpus:1;cpus:2", "cpus:3")]
    [InlineData("mem(ads):1", "mem(ads):1")]
    [InlineData("cpus:01", "cpus:1")]
    public void Other_text_forms_are_understood_too(string text, string same)
    {
        var json = $$$"""{"frameworkId":"f","task":{"taskId":"t","plan":{"processes":[]},"resources":"{{{text}}}"}}""";
        Assert.Equal(
            ResourceSet.Parse(same), subject.Read<AgentProtocol.RunTask>(json, "agent.run-task/1").Task.Resources);
    }

    [Theory]
    [InlineData("cpus:-1")]
    [InlineData("gpus:0.5")]
    [InlineData("cpus:")]
    [InlineData("cpus")]
    [InlineData("cpus:1000000000001")]
    public void Resources_that_cannot_be_are_refused(string text)
    {
        var json = $$$"""{"frameworkId":"f","task":{"taskId":"t","plan":{"processes":[]},"resources":"{{{text}}}"}}""";
        var refusal = Assert.Throws<WireFormatException>(
            () => subject.Read<AgentProtocol.RunTask>(json, "agent.run-task/1"));
        Assert.Contains("TaskInfo.resources", refusal.Message, StringComparison.Ordinal);
    }

    private static Core.Tasks.TaskInfo Task(ResourceSet resources) =>
        new(new("t"), "t", resources, Core.Execution.TaskPlan.OfShell("true"));

    private sealed class Silent : ReceiveActor;
}
