using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Registry;

public class RegistryDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Process = Guid.Parse("6a1f2b1c-9f6e-4b57-8f0d-1d1f3ad1c001");
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);
    private static readonly FrameworkInfo Batch = new("batch", "root", ["*"]);

    [Fact]
    public void Each_master_has_a_later_epoch_and_the_cluster_keeps_its_id()
    {
        var first = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c1"));
        var second = After(first, new RegistryCommand.TakeOffice("c2"));

        Assert.Equal(new MasterEpoch(1), first.Epoch);
        Assert.Equal(new MasterEpoch(2), second.Epoch);
        Assert.Equal("c1", second.ClusterId);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(7, 8)]
    [InlineData(1_000_001, 1_000_002)]
    [InlineData(1_000_002, 2)]
    [InlineData(long.MaxValue, 2)]
    public void A_master_takes_office_after_the_latest_one_that_was_heard_of_if_there_can_have_been_one(
        long heardOf, long epoch)
    {
        var state = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"));
        var next = After(state, new RegistryCommand.TakeOffice("other", new MasterEpoch(heardOf)));
        Assert.Equal((new MasterEpoch(epoch), "c"), (next.Epoch, next.ClusterId));
    }

    [Fact]
    public void An_epoch_that_is_not_later_cannot_be_applied()
    {
        var state = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"));
        Assert.Throws<InvalidOperationException>(
            () => RegistryDecider.Apply(state, new RegistryEvent.MasterElected("c", new MasterEpoch(1), Now)));
    }

    [Fact]
    public void A_new_agent_gets_an_id_and_keeps_it()
    {
        var office = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"));
        var decision = RegistryDecider.Decide(office, new RegistryCommand.AdmitAgent(null, Machine, Process), Now);
        var id = Assert.IsType<RegistryReply.AgentIn>(decision.Answer).AgentId;
        var state = decision.Events.Aggregate(office, RegistryDecider.Apply);

        Assert.Equal("c-S0", id.Value);
        var again = RegistryDecider.Decide(state, new RegistryCommand.AdmitAgent(id, Machine, Process), Now);
        Assert.Empty(again.Events);
        Assert.Equal(new RegistryReply.AgentIn(id, WasUnreachable: false), again.Answer);
        var changed = RegistryDecider.Decide(
            state, new RegistryCommand.AdmitAgent(id, Machine with { Hostname = "other" }, Process), Now);
        Assert.Single(changed.Events);
    }

    [Fact]
    public void What_an_earlier_master_stored_of_a_shared_volume_named_twice_can_be_read()
    {
        var (state, id) = WithAgent(Machine with { Resources = ResourceSet.Parse("cpus:1;disk:100") });
        const string volume = "disk(+eng)[id=v,path=p]<SHARED>:50";
        ResourceConversion[] stored =
        [
            new(ResourceSet.Parse("disk:50"), ResourceSet.Parse("disk(+eng):50")),
            new(ResourceSet.Parse("disk(+eng):100"), ResourceSet.Parse($"{volume};{volume}")),
            new(ResourceSet.Parse($"{volume};{volume}"), ResourceSet.Parse("disk(+eng):100")),
        ];
        var made = RegistryDecider.Apply(
            state, new RegistryEvent.AgentResourcesConverted(id, [.. stored[..2]], Now)).Agents[id];
        Assert.Equal(ResourceSet.Parse(volume), made.Made);
        Assert.Equal(ResourceSet.Parse($"cpus:1;disk:50;{volume}"), made.Total);
        RegistryDecider.Apply(state, new RegistryEvent.AgentResourcesConverted(id, [.. stored], Now));
    }

    [Fact]
    public void Two_volumes_of_one_id_in_one_conversion_are_refused()
    {
        var (state, id) = WithAgent(Machine with { Resources = ResourceSet.Parse("disk(eng):30") });
        var decision = RegistryDecider.Decide(state, new RegistryCommand.ConvertResources(id,
            [new(ResourceSet.Parse("disk(eng):30"),
                ResourceSet.Parse("disk(eng)[id=v,path=p]:10;disk(eng)[id=v,path=q]:20"))]), Now);
        Assert.Empty(decision.Events);
        Assert.Equal(
            OperationFault.VolumeExists,
            Assert.IsType<RegistryReply.ConversionRefused>(decision.Answer).Refusal.Fault);
    }

    [Fact]
    public void A_conversion_that_would_put_a_port_into_two_parts_is_refused()
    {
        var (state, id) = WithAgent(Machine with { Resources = ResourceSet.Parse("ports:[1-20]") });
        var decision = RegistryDecider.Decide(state, new RegistryCommand.ConvertResources(id,
            [new(ResourceSet.Parse("ports:[1-10]"), ResourceSet.Parse("ports(+eng):[1-11]"))]), Now);
        Assert.Empty(decision.Events);
        var refusal = Assert.IsType<RegistryReply.ConversionRefused>(decision.Answer).Refusal;
        Assert.Equal(OperationFault.PartsOverlap, refusal.Fault);
        Assert.Equal(
            "ports(+eng):[11-11] would be there twice, in ports:[11-20];ports(+eng):[1-11]",
            OperationFaults.Explain(refusal));
    }

    [Fact]
    public void What_an_earlier_master_stored_of_a_port_in_two_reservations_counts_once()
    {
        var (state, id) = WithAgent(Machine with { Resources = ResourceSet.Parse("ports:[1-20];z:{a,b}") });
        ResourceConversion[] stored =
        [
            new(ResourceSet.Parse("ports:[1-10]"), ResourceSet.Parse("ports(+eng):[1-10];ports(+eng@bob):[5-10]")),
            new(ResourceSet.Parse("z:{a,b}"), ResourceSet.Parse("z(+eng):{a};z(+eng@bob):{a,b}")),
        ];
        var made = ResourceSet.Parse("ports(+eng):[1-10];z(+eng):{a};z(+eng@bob):{b}");
        var after = RegistryDecider.Apply(state, new RegistryEvent.AgentResourcesConverted(id, [.. stored], Now));
        Assert.Equal(made, after.Agents[id].Made);
        Assert.Null(PartOverlap.In(after.Agents[id].Total));

        var agents = after.Agents.SetItem(id, after.Agents[id] with
        {
            Made = stored[0].After + stored[1].After,
        });
        Assert.Equal(made, RegistrySnapshot.Of(after with { Agents = agents }).ToState().Agents[id].Made);
    }

    [Fact]
    public void A_repeated_first_registration_gets_the_same_id()
    {
        var (state, id) = WithAgent();
        var again = RegistryDecider.Decide(state, new RegistryCommand.AdmitAgent(null, Machine, Process), Now);
        var other = RegistryDecider.Decide(state, new RegistryCommand.AdmitAgent(null, Machine, Guid.Empty), Now);

        Assert.Equal(new RegistryReply.AgentIn(id, WasUnreachable: false), again.Answer);
        Assert.NotEqual(again.Answer, other.Answer);
    }

    [Fact]
    public void An_unreachable_agent_may_return_and_a_gone_one_may_not()
    {
        var (state, id) = WithAgent();
        var unreachable = After(state, new RegistryCommand.MarkUnreachable(id));
        var back = RegistryDecider.Decide(unreachable, new RegistryCommand.AdmitAgent(id, Machine, Process), Now);
        Assert.Equal(new RegistryReply.AgentIn(id, WasUnreachable: true), back.Answer);

        var gone = After(state, new RegistryCommand.MarkGone(id));
        var refused = RegistryDecider.Decide(gone, new RegistryCommand.AdmitAgent(id, Machine, Process), Now);
        Assert.Equal(AgentAdmissionRefusal.MarkedGone,
            Assert.IsType<RegistryReply.AgentRefused>(refused.Answer).Refusal);
        Assert.Empty(refused.Events);
    }

    [Fact]
    public void Resources_that_would_be_there_twice_are_refused_with_both_parts_and_what_they_share()
    {
        var (state, _) = WithAgent();
        var twice = ResourceSet.Parse("cpus:1;ports:[31000-31010];ports(ads):[31005-31020]");
        var decision = RegistryDecider.Decide(
            state, new RegistryCommand.AdmitAgent(null, Machine with { Resources = twice }, Process), Now);

        var refused = Assert.IsType<RegistryReply.AgentRefused>(decision.Answer);
        Assert.Equal(AgentAdmissionRefusal.InvalidInfo, refused.Refusal);
        Assert.Equal("in the agent's resources 'ports:[31000-31010]' and 'ports(ads):[31005-31020]' both have "
            + "[31005-31010]; each must be in one part only", refused.Message);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void Strangers_and_empty_machines_are_refused_without_a_change()
    {
        var (state, _) = WithAgent();
        var stranger = RegistryDecider.Decide(
            state, new RegistryCommand.AdmitAgent(new AgentId("x-S9"), Machine, Process), Now);
        var empty = RegistryDecider.Decide(
            state, new RegistryCommand.AdmitAgent(null, Machine with { Resources = ResourceSet.Empty }, Process), Now);

        Assert.Equal(AgentAdmissionRefusal.UnknownId,
            Assert.IsType<RegistryReply.AgentRefused>(stranger.Answer).Refusal);
        Assert.Equal(AgentAdmissionRefusal.InvalidInfo,
            Assert.IsType<RegistryReply.AgentRefused>(empty.Answer).Refusal);
        Assert.Empty(stranger.Events);
        Assert.Empty(empty.Events);
    }

    [Fact]
    public void A_removed_framework_does_not_come_back()
    {
        var id = new FrameworkId("f");
        var (state, _) = WithAgent();
        state = After(state, new RegistryCommand.AdmitFramework(id, Batch));
        Assert.Empty(RegistryDecider.Decide(state, new RegistryCommand.AdmitFramework(id, Batch), Now).Events);

        state = After(state, new RegistryCommand.RemoveFramework(id, "torn down"));
        var answer = RegistryDecider.Decide(state, new RegistryCommand.AdmitFramework(id, Batch), Now).Answer;
        var refused = Assert.IsType<RegistryReply.FrameworkRefused>(answer);
        Assert.Contains("torn down", refused.Message, StringComparison.Ordinal);
        Assert.Empty(RegistryDecider.Decide(state, new RegistryCommand.RemoveFramework(id, "again"), Now).Events);
    }

    private static (RegistryState State, AgentId Id) WithAgent(AgentInfo? info = null)
    {
        var state = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"));
        return (After(state, new RegistryCommand.AdmitAgent(null, info ?? Machine, Process)), new AgentId("c-S0"));
    }

    private static RegistryState After(RegistryState state, RegistryCommand command) =>
        RegistryDecider.Decide(state, command, Now).Events.Aggregate(state, RegistryDecider.Apply);
}
