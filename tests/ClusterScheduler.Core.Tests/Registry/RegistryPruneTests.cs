using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Resources;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Core.Tests.Registry;

/// <summary>What is announced, forgotten and written down whole.</summary>
public class RegistryPruneTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);
    private static readonly RegistryCommand.Prune Keep = new(TimeSpan.FromDays(14), 100, 50, []);

    [Fact]
    public void An_agent_that_is_forgotten_may_not_come_back_and_a_stranger_is_told_apart()
    {
        var state = Admit(1);
        state = After(state, new RegistryCommand.MarkUnreachable(Id(0)), Start);
        state = After(state, Keep, Start + TimeSpan.FromDays(14));
        Assert.Equal(RegisteredStanding.Gone, state.Agents[Id(0)].Standing);

        state = After(state, Keep, Start + TimeSpan.FromDays(40));
        Assert.Contains(Id(0), state.Agents.Keys);
        state = After(state, Announced(state), Start);
        state = After(state, Keep, Start + TimeSpan.FromDays(40));
        Assert.Empty(state.Agents);
        Assert.Empty(state.Incarnations);
        Assert.Equal(AgentAdmissionRefusal.MarkedGone, Refusal(state, Id(0)));
        Assert.Equal(AgentAdmissionRefusal.UnknownId, Refusal(state, new AgentId("c-S1")));
        Assert.Equal(AgentAdmissionRefusal.UnknownId, Refusal(state, new AgentId("other-S0")));
    }

    [Fact]
    public void Beyond_the_count_the_oldest_go_and_those_that_are_gone_before_those_that_may_return()
    {
        var state = Admit(4);
        state = After(state, new RegistryCommand.MarkUnreachable(Id(0)), Start);
        state = After(state, new RegistryCommand.MarkUnreachable(Id(1)), Start.AddMinutes(1));
        state = After(state, new RegistryCommand.MarkGone(Id(2)), Start.AddMinutes(2));
        state = After(state, Announced(state), Start);
        state = After(state, Keep with { AgentsMax = 2 }, Start.AddMinutes(3));

        Assert.Equal([Id(0), Id(1), Id(3)], state.Agents.Keys);
        Assert.Equal(RegisteredStanding.Unreachable, state.Agents[Id(0)].Standing);
    }

    [Fact]
    public void A_return_is_announced_like_a_loss_and_old_news_settle_nothing()
    {
        var state = Admit(1);
        Assert.True(state.Agents[Id(0)].Announced);
        state = After(state, new RegistryCommand.MarkUnreachable(Id(0)), Start.AddMinutes(1));
        var loss = Announced(state);
        state = After(state, new RegistryCommand.AdmitAgent(Id(0), Machine, Guid.Empty), Start.AddMinutes(2));
        Assert.False(state.Agents[Id(0)].Announced);
        Assert.False(After(state, loss, Start).Agents[Id(0)].Announced);
        Assert.True(After(state, Announced(state), Start).Agents[Id(0)].Announced);
    }

    [Fact]
    public void Ended_frameworks_beyond_the_limit_are_forgotten_unless_they_have_tasks()
    {
        var state = Admit(0);
        foreach (var number in Enumerable.Range(0, 4))
        {
            var id = new FrameworkId($"f{number}");
            state = After(state, new RegistryCommand.AdmitFramework(id, new FrameworkInfo("f", "u", ["*"])), Start);
            state = After(state, new RegistryCommand.RemoveFramework(id, "over"), Start.AddMinutes(number));
        }

        state = After(state, Keep with { FrameworksMax = 1, Busy = [new FrameworkId("f0")] }, Start.AddHours(1));
        Assert.Equal(["f0", "f3"], state.Frameworks.Keys.Select(static id => id.Value));
    }

    [Fact]
    public void A_state_that_was_written_down_whole_is_the_same_whatever_happened_before()
    {
        var commands = Gen.Choose(0, 999).NonEmptyListOf().ToArbitrary();
        Prop.ForAll(commands, numbers =>
        {
            var state = numbers.Aggregate(Admit(1), static (before, number) =>
                After(before, CommandOf(before, number), Start.AddMinutes(number)));
            var restored = RegistrySnapshot.Of(state).ToState();
            Assert.Equal(state.Agents, restored.Agents);
            Assert.Equal(state.Frameworks, restored.Frameworks);
            Assert.Equal(state.Machines, restored.Machines);
            Assert.Equal(state.Incarnations.OrderBy(static each => each.Key),
                restored.Incarnations.OrderBy(static each => each.Key));
            Assert.Equal((state.ClusterId, state.Epoch, state.NextAgent),
                (restored.ClusterId, restored.Epoch, restored.NextAgent));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_snapshot_has_everything_that_the_state_has() => Assert.Equal(
        typeof(RegistryState).GetProperties().Where(static each => !each.GetMethod!.IsStatic)
            .Select(static each => each.Name).Where(static name => name != "EqualityContract").Order(),
        typeof(RegistrySnapshot).GetProperties().Select(static each => each.Name)
            .Where(static name => name != "EqualityContract").Order());

    private static RegistryCommand CommandOf(RegistryState state, int number)
    {
        var id = Id(number / 10 % Math.Max(1, (int)state.NextAgent));
        var framework = new FrameworkId($"f{number / 10 % 5}");
        return (number % 10) switch
        {
            0 => new RegistryCommand.AdmitAgent(null, Machine, new Guid(number, 0, 0, new byte[8])),
            1 => new RegistryCommand.AdmitAgent(id, Machine with { Hostname = $"h{number}" }, Guid.Empty),
            2 or 3 => new RegistryCommand.MarkUnreachable(id),
            4 => new RegistryCommand.MarkGone(id),
            5 => Announced(state),
            6 => Keep with { AgentsMax = 1, FrameworksMax = 1 },
            7 => new RegistryCommand.AdmitFramework(framework, new FrameworkInfo("f", "u", ["*"])),
            8 => new RegistryCommand.RemoveFramework(framework, "over"),
            _ => new RegistryCommand.TakeOffice("other"),
        };
    }

    private static RegistryCommand.NoteAnnounced Announced(RegistryState state) => new(
        [.. state.Agents.Select(static agent => new AnnouncedAgent(agent.Key, agent.Value.Since))]);

    private static AgentAdmissionRefusal Refusal(RegistryState state, AgentId id) =>
        Assert.IsType<RegistryReply.AgentRefused>(RegistryDecider.Decide(
            state, new RegistryCommand.AdmitAgent(id, Machine, Guid.NewGuid()), Start).Answer).Refusal;

    private static RegistryState Admit(int agents) => Enumerable.Range(0, agents).Aggregate(
        After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"), Start),
        static (state, number) => After(
            state, new RegistryCommand.AdmitAgent(null, Machine, new Guid(number, 1, 1, new byte[8])), Start));

    private static AgentId Id(int number) => new($"c-S{number}");

    private static RegistryState After(RegistryState state, RegistryCommand command, DateTimeOffset now) =>
        RegistryDecider.Decide(state, command, now).Events.Aggregate(state, RegistryDecider.Apply);
}
