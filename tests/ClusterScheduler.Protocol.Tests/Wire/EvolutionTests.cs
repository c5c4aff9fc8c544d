using System.Text;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>Programs of different versions talk to one another, and read what the other has stored.</summary>
public sealed class EvolutionTests(WireSubject subject) : IClassFixture<WireSubject>
{
    [Fact]
    public void Fields_that_a_later_version_added_are_passed_over() =>
        Assert.Equal(
            new AgentProtocol.Ping(new("a"), new(new(1), 2)),
            subject.Read<AgentProtocol.Ping>(
                """{"new":{"deep":[1,{"x":null}]},"agentId":"a","session":{"epoch":1,"more":[],"counter":2},"z":1}""",
                "agent.ping/1"));

    [Fact]
    public void Fields_may_come_in_any_order() =>
        Assert.Equal(
            new AgentProtocol.Ping(new("a"), new(new(1), 2)),
            subject.Read<AgentProtocol.Ping>("""{"session":{"counter":2,"epoch":1},"agentId":"a"}""", "agent.ping/1"));

    [Theory]
    [InlineData("""{"at":"2026-11-21T04:05:06Z","info":{"name":"x"}}""")]
    [InlineData("""{"at":"2026-11-21T04:05:06Z","info":{"name":"x","user":null,"roles":null,"capabilities":null}}""")]
    public void Fields_that_an_earlier_version_lacked_take_their_defaults(string json)
    {
        var info = subject.Read<FrameworkEvent.Subscribed>(json, "event.framework.subscribed/1").Info;

        Assert.Equal("", info.User);
        Assert.False(info.Roles.IsDefault);
        Assert.Empty(info.Roles);
        Assert.Equal(new FrameworkInfo("x", "", []).Capabilities, info.Capabilities);
        Assert.Equal(TimeSpan.FromDays(7), info.FailoverTimeout);
    }

    [Fact]
    public void What_a_record_starts_a_property_with_is_written_even_where_it_could_be_left_out()
    {
        var info = new FrameworkInfo("x", "u", ["web"]);
        Assert.Contains(
            "\"failoverTimeout\":6048000000000",
            subject.Write(new FrameworkEvent.Subscribed(info, default)), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, subject.Read<FrameworkEvent.Subscribed>(
            subject.Write(new FrameworkEvent.Subscribed(info with { FailoverTimeout = TimeSpan.Zero }, default)),
            "event.framework.subscribed/1").Info.FailoverTimeout);
    }

    [Theory]
    [InlineData("agent.ping/1", """{"session":{"epoch":1}}""", "Ping.agentId is missing")]
    [InlineData("agent.ping/1", """{"agentId":7}""", "Ping.agentId: expected agent id, found Number")]
    [InlineData("agent.ping/1", """{"agentId":"a","session":{"epoch":"x"}}""", "AgentSession.epoch: expected epoch")]
    [InlineData("agent.ping/1", """{"agentId":"a","session":{"epoch":1.5}}""", "AgentSession.epoch")]
    [InlineData("agent.ping/1", """["a"]""", "expected Ping as an object, found StartArray")]
    [InlineData("agent.ping/1", """{"agentId":"a"}{}""", "at byte")]
    [InlineData("agent.ping/1", """{"agentId":"a" """, "at byte")]
    [InlineData("agent.ping/1", "", "at byte 0")]
    [InlineData("agent.agent-refused/1", """{"reason":"eaten"}""", "'eaten' is no AgentRefusal; this version knows")]
    [InlineData("event.task.staged/1", """{"frameworkId":"f","task":{"taskId":"t"}}""", "TaskInfo.plan is missing")]
    public void Bytes_that_are_not_what_they_say_are_refused_with_the_place(string manifest, string json, string says)
    {
        var refusal = Assert.Throws<WireFormatException>(
            () => subject.Serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));
        Assert.StartsWith($"{manifest} cannot be read", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event.task.staged/2", "later version")]
    [InlineData("event.task.staged/2", "event.task.staged/1")]
    [InlineData("event.task.eaten/1", "'event.task.eaten/1' is no manifest that this program knows")]
    [InlineData("", "'' is no manifest")]
    public void Manifests_of_later_versions_are_refused_with_what_is_known(string manifest, string says)
    {
        var refusal = Assert.Throws<WireFormatException>(
            () => subject.Serializer.FromBinary("{}"u8.ToArray(), manifest));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_do_more_harm_than_a_refusal()
    {
        var example = subject.Serializer.ToBinary(
            new SampleValues(subject.Actor).Make(typeof(MasterProtocol.Accept)));
        var random = new Random(20261121);
        for (var run = 0; run < 5000; run++)
        {
            var bytes = (byte[])example.Clone();
            for (var hit = random.Next(1, 4); hit > 0; hit--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var cut = bytes.AsSpan(0, random.Next(bytes.Length + 1)).ToArray();
            var failure = Record.Exception(() => subject.Serializer.FromBinary(cut, "master.accept/1"));
            Assert.True(failure is null or WireFormatException, $"run {run}: {failure}");
        }
    }

    [Fact]
    public void Null_where_nothing_may_be_null_is_refused_when_written()
    {
        var refusal = Assert.Throws<WireFormatException>(
            () => subject.Serializer.ToBinary(new AgentProtocol.LogMissing(null!)));
        Assert.Contains("LogMissing.Why is null", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("""{"why":"after"}""", subject.Write(new AgentProtocol.LogMissing("after")));
    }
}
