using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Reservations and volumes, by accepts and by an operator.</summary>
public class OperationTests : MasterScene
{
    private static readonly AgentInfo Disks = new("disks", ResourceSet.Parse("cpus:4;mem:1024;disk:100"), []);

    [Fact]
    public void An_accept_reserves_makes_a_volume_and_launches_on_it_and_only_its_role_is_offered_the_rest()
    {
        var epoch = Register("f", "eng");
        JoinAgent(Disks);
        var answer = Accept("f", epoch, NextOffer("f"), "cpus(+eng):1;disk(+eng)[id=db,path=data]:50",
            (OperationKind.Reserve, "cpus(+eng):2;disk(+eng):50"),
            (OperationKind.Create, "disk(+eng)[id=db,path=data]:50"));
        Assert.All(answer.Operations, static status => Assert.Equal(OperationState.Finished, status.State));
        Assert.True(Assert.Single(answer.Results).Granted);

        var rest = NextOffer("f");
        Assert.Equal(ResourceSet.Parse("cpus(+eng):1;cpus:2;mem:1024;disk:50"), rest.Resources);
        Decline("f", epoch, rest.Id, TimeSpan.FromHours(1));
        Register("other", "ads");
        Assert.Equal(ResourceSet.Parse("cpus:2;mem:1024;disk:50"), NextOffer("other").Resources);
    }

    [Fact]
    public void A_refused_operation_says_why_and_the_launch_goes_on_without_it()
    {
        var epoch = Register("f", "eng");
        JoinAgent(Disks);
        var answer = Accept(
            "f", epoch, NextOffer("f"), "cpus:1", (OperationKind.Reserve, "cpus(+ads):1"));
        Assert.Equal(OperationState.Error, Assert.Single(answer.Operations).State);
        Assert.True(Assert.Single(answer.Results).Granted);
    }

    [Fact]
    public void Reservations_survive_the_master_and_the_agent_and_a_smaller_agent_is_refused()
    {
        var agent = JoinAgent(Disks).AgentId;
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng):3"));
        Restart(MasterOptions.Default);

        Master.Tell(new MasterProtocol.RegisterAgent(
            agent, Disks with { Resources = ResourceSet.Parse("cpus:2;mem:1024") }, Guid.NewGuid()), Agent.Ref);
        var refused = Agent.ExpectMsg<AgentProtocol.AgentRefused>();
        Assert.Contains("cpus(+eng):3", refused.Message, StringComparison.Ordinal);

        Register("other", "ads");
        Master.Tell(new MasterProtocol.RegisterAgent(agent, Disks, Guid.NewGuid()), Agent.Ref);
        var registered = Agent.ExpectMsg<AgentProtocol.AgentRegistered>();
        Master.Tell(new MasterProtocol.ReportTasks(agent, registered.Session, []), Agent.Ref);
        Assert.Equal(Scalar.Of(1), NextOffer("other").Resources.Cpus);
    }

    [Fact]
    public void A_shared_volume_that_one_framework_was_shown_is_shown_to_the_next_though_nothing_else_happens()
    {
        Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
            [QuotaConfig.Of(RoleName.Parse("data/a"), Quota.Parse("", "cpus:2;mem:0"))], Force: false, DryRun: false));
        var agent = JoinAgent(new AgentInfo("disks", ResourceSet.Parse("cpus:4;mem:64;disk(data):50"), [])).AgentId;
        foreach (var (name, role) in new[] { ("second", "data/b"), ("first", "data/a") })
        {
            var epoch = Register(
                name, info: new FrameworkInfo(name, "root", [role]) { Capabilities = ["SHARED_RESOURCES"] });
            Decline(name, epoch, NextOffer(name).Id, TimeSpan.FromHours(1));
        }

        // The first in the order gets what its limit allows and the volume; the rest is what the second declined.
        const string Volume = "disk(data)[id=v,path=p]<SHARED>:50";
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Create, Volume));
        Assert.Equal(ResourceSet.Parse($"cpus:2;{Volume}"), NextOffer("first").Resources);
        Assert.Equal(ResourceSet.Parse($"cpus:2;mem:64;{Volume}"), NextOffer("second").Resources);
    }

    [Fact]
    public void One_port_cannot_be_in_two_reservations_neither_by_an_operator_nor_by_an_accept()
    {
        var epoch = Register("f", "eng");
        var agent = JoinAgent(new AgentInfo("ports", ResourceSet.Parse("cpus:2;ports:[1-20]"), [])).AgentId;
        const string Twice = "ports(+eng):[1-10];ports(+eng@bob):[5-10]";
        Assert.Equal(OperationFault.PartsOverlap, Ask<MasterProtocol.OperationRefused>(
            Apply(agent, OperationKind.Reserve, Twice)).Refusal.Fault);
        var answer = Accept("f", epoch, NextOffer("f"), "cpus:1", (OperationKind.Reserve, Twice));
        Assert.Equal(
            (OperationState.Error, "ports(+eng):[5-10] would be there twice, in " + Twice),
            (answer.Operations[0].State, answer.Operations[0].Message));
        Assert.Equal(ResourceSet.Parse("cpus:1;ports:[1-20]"), NextOffer("f").Resources);
    }

    [Fact]
    public void What_an_operator_has_reserved_is_not_used_by_an_offer_that_was_on_its_way()
    {
        var epoch = Register("f", "ads");
        var agent = JoinAgent(Disks).AgentId;
        Decline("f", epoch, NextOffer("f").Id, TimeSpan.Zero);

        // The allocator answers these first, and then hears of the reservation.
        var asked = new MasterProtocol.WhyFramework(new FrameworkId("f"), "", ResourceSet.Empty)
        {
            Demands = [.. Enumerable.Range(1, 100).Select(
                static mem => new ResourceRequest("ads", ResourceSet.Of(default, Scalar.Of(mem), default)))],
        };
        Enumerable.Range(0, 200).ToList().ForEach(_ => Master.Tell(asked));
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng):4"));
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:4"));

        var listed = Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents);
        Assert.Equal(ResourceSet.Empty, listed.Used);
    }

    [Fact]
    public void An_operator_takes_offers_back_for_a_reservation_and_undoes_it()
    {
        Register("f", "ads");
        var agent = JoinAgent(Disks).AgentId;
        var offer = NextOffer("f");
        var applied = Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng):3"));
        Assert.Equal(ResourceSet.Parse("cpus(+eng):3;cpus:1;mem:1024;disk:100"), applied.Total);
        Assert.Equal(offer.Id, Assert.Single(NextRescinded("f")));
        Assert.Equal(Scalar.Of(1), NextOffer("f").Resources.Cpus);
        Assert.Equal(ResourceSet.Parse("cpus(+eng):3"), Assert.Single(
            Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Made);

        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Unreserve, "cpus(+eng):3"));
        Assert.Equal(Scalar.Of(4), NextOffer("f").Resources.Cpus);
    }

    [Fact]
    public void An_operator_is_refused_what_is_in_use_or_not_there()
    {
        var epoch = Register("f", "ads");
        var agent = JoinAgent(Disks).AgentId;
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:3"));
        var inUse = Ask<MasterProtocol.OperationRefused>(Apply(agent, OperationKind.Reserve, "cpus(+eng):2")).Refusal;
        Assert.Equal((OperationFault.NotThere, Scalar.Of(1)), (inUse.Fault, inUse.There.Cpus));
        Assert.Equal(OperationFault.NotThere, Ask<MasterProtocol.OperationRefused>(
            Apply(agent, OperationKind.Unreserve, "cpus(+eng):1")).Refusal.Fault);
        Assert.Equal(OperationFault.UnknownAgent, Ask<MasterProtocol.OperationRefused>(
            Apply(new AgentId("none"), OperationKind.Reserve, "cpus(+eng):1")).Refusal.Fault);
    }

    [Fact]
    public void A_shared_volume_that_is_destroyed_ends_other_offers_of_it_and_the_master_goes_on()
    {
        const string volume = "disk(+eng)[id=db,path=data]<SHARED>:50";
        var (id, connection) = (new FrameworkId("f"), Guid.NewGuid());
        Master.Tell(new MasterProtocol.RegisterFramework(id, Sharing("f"), connection, []));
        var f = Frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(_ => true).Epoch;
        var agent = JoinAgent(Disks).AgentId;
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "disk(+eng):50"));
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Create, volume));
        var whole = Frameworks.FishForMessage<FrameworkProtocol.OffersMade>(
            made => !made.Offers[0].Resources.Shared.IsEmpty).Offers[0];
        Launch("f", f, whole.Id, Task("t", $"cpus:1;{volume}"), TimeSpan.FromHours(1));
        // It is away from now on: the volume, which is more than it declined, is for the other one.
        Master.Tell(new MasterProtocol.DeactivateFramework(id, connection));

        var g = Register("g", info: Sharing("g"));
        var first = NextOffer("g");
        Assert.Equal(ResourceSet.Parse($"cpus:3;mem:1024;disk:50;{volume}"), first.Resources);
        var used = Ask<MasterProtocol.OperationRefused>(Apply(agent, OperationKind.Destroy, volume)).Refusal;
        Assert.Equal(OperationFault.InUse, used.Fault);

        Master.Tell(new MasterProtocol.ReleaseTask(new FrameworkId("f"), new("t"), agent), Tasks.Ref);
        var second = NextOffer("g");
        Assert.Equal(ResourceSet.Parse($"cpus:1;{volume}"), second.Resources);
        Destroy("g", g, 1, first.Id, volume);
        Assert.Equal(second.Id, Assert.Single(NextRescinded("g")));
        Assert.Equal(OperationState.Finished, NextOperation());
        var rest = NextOffer("g");
        Assert.True(rest.Resources.Shared.IsEmpty);
        Destroy("g", g, 2, rest.Id, volume);
        Assert.Equal(OperationState.Error, NextOperation());
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Create, volume));
    }

    [Fact]
    public void A_volume_grows_and_shrinks_by_an_accept_and_by_an_operator_and_stays_so_after_a_failover()
    {
        const string volume = "disk(+eng)[id=db,path=data]";
        var epoch = Register("f", "eng");
        var agent = JoinAgent(Disks).AgentId;
        var answer = Accept("f", epoch, NextOffer("f"), $"cpus:1;{volume}:20",
            new ResourceOperation(OperationKind.Reserve, ResourceSet.Parse("disk(+eng):50")),
            new ResourceOperation(OperationKind.Create, ResourceSet.Parse($"{volume}:10")),
            new ResourceOperation(OperationKind.GrowVolume, ResourceSet.Parse($"{volume}:10"))
            {
                Change = ResourceSet.Parse("disk(+eng):20"),
            },
            new ResourceOperation(OperationKind.ShrinkVolume, ResourceSet.Parse($"{volume}:30"))
            {
                Change = ResourceSet.Parse("disk(+eng):10"),
            });
        Assert.All(answer.Operations, static status => Assert.Equal(OperationState.Finished, status.State));
        Assert.True(Assert.Single(answer.Results).Granted);
        Assert.Equal(ResourceSet.Parse("cpus:3;mem:1024;disk:50;disk(+eng):30"), NextOffer("f").Resources);

        Assert.Equal(OperationFault.NotThere, Ask<MasterProtocol.OperationRefused>(
            Resize(agent, OperationKind.GrowVolume, $"{volume}:20")).Refusal.Fault);
        Master.Tell(new MasterProtocol.ReleaseTask(new FrameworkId("f"), new("t"), agent), Tasks.Ref);
        Assert.Contains($"{volume}:25", Ask<MasterProtocol.OperationApplied>(
            Resize(agent, OperationKind.GrowVolume, $"{volume}:20")).Total.ToString(), StringComparison.Ordinal);
        Ask<MasterProtocol.OperationApplied>(Resize(agent, OperationKind.ShrinkVolume, $"{volume}:25"));
        Restart(MasterOptions.Default);
        Assert.Equal(ResourceSet.Parse($"{volume}:20;disk(+eng):30"), Assert.Single(
            Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Made);
    }

    [Fact]
    public void Nothing_is_stored_of_an_operation_that_takes_a_role_beyond_its_limit()
    {
        Limit("eng/web", 2);
        var epoch = Register("f", info: new FrameworkInfo("f", "root", ["eng/web"])
        {
            Capabilities = [.. CapabilityNames.Native],
        });
        var agent = JoinAgent(Disks with { Resources = ResourceSet.Parse("cpus:4") }).AgentId;
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng):4"));
        var offer = Frameworks.FishForMessage<FrameworkProtocol.OffersMade>(
            static made => made.Offers[0].Resources == ResourceSet.Parse("cpus(+eng):4")).Offers[0];

        var answer = Accept("f", epoch, offer, "cpus(+eng):1",
            (OperationKind.Reserve, "cpus(+eng,+eng/web):3"), (OperationKind.Unreserve, "cpus(+eng):3"),
            (OperationKind.Reserve, "cpus(+eng,+eng/web):1"), (OperationKind.Unreserve, "cpus(+eng):1"));
        Assert.Equal(
            [OperationState.Error, OperationState.Error, OperationState.Finished, OperationState.Finished],
            answer.Operations.Select(static status => status.State));
        Assert.All(answer.Operations.Take(2), static status => Assert.Equal(
            (OperationFault.LimitExceeded, new LimitBreach(
                "eng/web", "cpus", Scalar.Of(2), Scalar.Zero, Scalar.Of(3))),
            (status.Refusal!.Fault, status.Refusal.Limit)));
        Assert.Equal(ResourceSet.Parse("cpus(+eng):2;cpus(+eng,+eng/web):1"), Made());
        Assert.True(Assert.Single(answer.Results).Granted);

        // The role has what it may: of 4 cpus one is in use, and two count for it.
        var refused = Ask<MasterProtocol.OperationRefused>(
            Apply(agent, OperationKind.Reserve, "cpus(+eng,+eng/web):1")).Refusal;
        Assert.Equal((OperationFault.LimitExceeded, "eng/web"), (refused.Fault, refused.Limit!.Role));
        Assert.Equal(ResourceSet.Parse("cpus(+eng):2;cpus(+eng,+eng/web):1"), Made());
    }

    [Fact]
    public void An_operator_reserves_up_to_a_limit_and_again_when_less_is_held()
    {
        Limit("eng", 3);
        var agent = JoinAgent(Disks).AgentId;
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng):2"));
        var refused = Ask<MasterProtocol.OperationRefused>(Apply(agent, OperationKind.Reserve, "cpus(+eng/db):2"));
        Assert.Equal(
            new LimitBreach("eng", "cpus", Scalar.Of(3), Scalar.Of(2), Scalar.Of(2)), refused.Refusal.Limit);
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng/db):1"));
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Unreserve, "cpus(+eng):2"));
        Ask<MasterProtocol.OperationApplied>(Apply(agent, OperationKind.Reserve, "cpus(+eng/db):2"));
        Assert.Equal(ResourceSet.Parse("cpus(+eng/db):3"), Made());
    }

    private void Limit(string role, int cpus) => Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
        [new QuotaConfig(role, [], [new QuotaAmount("cpus", Scalar.Of(cpus))])], Force: true, DryRun: false));

    private ResourceSet Made() => Assert.Single(
        Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Made;

    private static MasterProtocol.ApplyOperation Resize(AgentId agent, OperationKind kind, string volume) =>
        new(agent, new ResourceOperation(kind, ResourceSet.Parse(volume))
        {
            Change = ResourceSet.Parse("disk(+eng):5"),
        });

    private static FrameworkInfo Sharing(string name) => new(name, "root", ["eng"])
    {
        Capabilities = [.. CapabilityNames.Native, "SHARED_RESOURCES"],
    };

    private void Destroy(string framework, MasterEpoch epoch, long accept, OfferId offer, string volume) =>
        Master.Tell(new MasterProtocol.Accept(
            new FrameworkId(framework), accept, epoch, [offer], [], new OfferFilters(TimeSpan.Zero), 0)
        {
            Operations = [new ResourceOperation(OperationKind.Destroy, ResourceSet.Parse(volume))],
        }, Operator);

    private OperationState NextOperation() => Assert.Single(
        Frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true).Operations).State;

    private static MasterProtocol.ApplyOperation Apply(AgentId agent, OperationKind kind, string resources) =>
        new(agent, new ResourceOperation(kind, ResourceSet.Parse(resources)));

    private FrameworkProtocol.AcceptAnswered Accept(
        string framework, MasterEpoch epoch, Offer offer, string task,
        params (OperationKind Kind, string Resources)[] operations) => Accept(framework, epoch, offer, task,
        [.. operations.Select(static each => new ResourceOperation(each.Kind, ResourceSet.Parse(each.Resources)))]);

    private FrameworkProtocol.AcceptAnswered Accept(
        string framework, MasterEpoch epoch, Offer offer, string task, params ResourceOperation[] operations)
    {
        Master.Tell(new MasterProtocol.Accept(
            new FrameworkId(framework), 1, epoch, [offer.Id], [Task("t", task)], new OfferFilters(TimeSpan.Zero), 0)
        {
            Operations = [.. operations],
        }, Operator);
        return Frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
    }
}
