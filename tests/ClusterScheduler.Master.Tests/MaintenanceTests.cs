using System.Collections.Immutable;
using System.Globalization;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Maintenance as an operator plans, starts and stops it, and what frameworks hear of it.</summary>
public class MaintenanceTests : MasterScene
{
    private static readonly DateTimeOffset Start = new(2027, 1, 31, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_plan_is_said_in_offers_and_to_those_who_use_the_agent_and_their_answer_is_shown()
    {
        var epoch = Register("f");
        var agent = JoinAgent();
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:1;mem:64"));
        var rest = NextOffer("f");
        Assert.Null(rest.Unavailability);

        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("host"));
        Assert.Equal(rest.Id, Assert.Single(NextRescinded("f")));
        var window = new Unavailability(Start, TimeSpan.FromHours(1));
        Assert.Equal(window, NextOffer("f").Unavailability);
        var inverse = Assert.Single(NextInverse("f").Offers);
        Assert.Equal((agent.AgentId, "host", window), (inverse.AgentId, inverse.Hostname, inverse.Unavailability));
        Assert.Equal("cpus:1;mem:64", inverse.Resources.ToString());
        Assert.Equal((false, 1, InverseVerdict.Open), Shown());

        Master.Tell(new MasterProtocol.AnswerInverseOffers(
            new FrameworkId("f"), epoch, [inverse.Id], InverseVerdict.Accepted,
            new OfferFilters(TimeSpan.FromDays(1))));
        Frameworks.FishForMessage<FrameworkProtocol.InverseOffersEnded>(_ => true);
        Assert.Equal((false, 1, InverseVerdict.Accepted), Shown());

        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.UpdateMaintenanceSchedule([]));
        Assert.Empty(Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Machines);
        Assert.Null(NextOffer("f").Unavailability);
    }

    [Fact]
    public void Who_accepts_all_of_an_agent_with_planned_maintenance_is_asked_to_leave_it()
    {
        var epoch = Register("f");
        JoinAgent();
        NextOffer("f");
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("host"));
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:4;mem:1024"));
        Assert.Equal(Machine.Resources, Assert.Single(NextInverse("f").Offers).Resources);
    }

    [Fact]
    public void An_inverse_offer_is_repeated_until_it_is_noted_and_void_when_the_plan_changes()
    {
        RestartInOffice(MasterOptions.Default with { Retry = TimeSpan.FromMilliseconds(50) });
        var epoch = Register("f");
        JoinAgent();
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:1;mem:64"), TimeSpan.FromHours(1));
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("host"));
        var first = Assert.Single(NextInverse("f").Offers);
        Assert.Equal(first.Id, Assert.Single(NextInverse("f").Offers).Id);
        Master.Tell(new MasterProtocol.InverseOffersNoted(new FrameworkId("f"), epoch, [first.Id]));

        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.UpdateMaintenanceSchedule(
            [new MaintenanceWindow(["host"], Start.AddDays(1), null)]));
        Assert.Equal(first.Id, Assert.Single(Frameworks.FishForMessage<FrameworkProtocol.InverseOffersRescinded>(
            _ => true).OfferIds));
        Assert.Equal(new Unavailability(Start.AddDays(1), null), Frameworks
            .FishForMessage<FrameworkProtocol.InverseOffersMade>(made => made.Offers[0].Id != first.Id)
            .Offers[0].Unavailability);
    }

    [Fact]
    public void A_machine_that_is_taken_down_loses_its_agent_and_gets_it_back_when_it_is_up_also_after_a_failover()
    {
        Register("f");
        var agent = JoinAgent();
        NextOffer("f");
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("host"));
        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.StartMaintenance(["host"]));
        Assert.Equal(AgentProtocol.AgentRefusal.DownForMaintenance, NextRefusal());
        Assert.Equal(agent.AgentId, Frameworks.FishForMessage<FrameworkProtocol.AgentLost>(_ => true).AgentId);

        RestartInOffice(MasterOptions.Default);
        Assert.True(Assert.Single(
            Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Machines).IsDown);
        Ask(agent.AgentId);
        Assert.Equal(AgentProtocol.AgentRefusal.DownForMaintenance, NextRefusal());
        Assert.Equal(MaintenanceFault.DownMachineMissing, Ask<MasterProtocol.MaintenanceRefused>(
            new MasterProtocol.UpdateMaintenanceSchedule([])).Refusal.Fault);

        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.StopMaintenance(["host"]));
        Assert.Empty(Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Machines);
        Ask(agent.AgentId);
        Assert.Equal(agent.AgentId, Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true).AgentId);
    }

    [Fact]
    public void Refusals_name_the_fault_and_the_machine_and_change_nothing()
    {
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.NotScheduled, "a"),
            Refused(new MasterProtocol.StartMaintenance(["a"])));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.NotDown, "a"),
            Refused(new MasterProtocol.StopMaintenance(["a"])));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.NoMachine, ""),
            Refused(new MasterProtocol.StopMaintenance([])));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.DoubleMachine, "a"), Refused(Schedule("a", "a")));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.MachineName, " "), Refused(Schedule(" ")));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.MachineName, "a\0b"), Refused(Schedule("a\0b")));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.NoMachine, ""), Refused(Schedule()));
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.Duration, "a"), Refused(
            new MasterProtocol.UpdateMaintenanceSchedule([new MaintenanceWindow(["a"], Start, TimeSpan.Zero)])));
        Assert.Empty(Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Machines);
    }

    [Fact]
    public void A_change_of_a_schedule_that_is_another_by_now_is_refused_and_one_that_is_so_already_is_not()
    {
        var read = Version();
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("a") with { Version = read });
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.Changed, ""),
            Refused(Schedule("b") with { Version = read }));
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("a") with { Version = read });

        var later = Version();
        RestartInOffice(MasterOptions.Default);
        Assert.Equal(later, Version());
        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.StartMaintenance(["a"]));
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("a", "b") with { Version = later });
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule("a"));
    }

    [Theory]
    [InlineData("0001-01-01Z", null)]
    [InlineData("1969-12-31Z", 1)]
    [InlineData("9999-12-31Z", null)]
    [InlineData("9999-12-31Z", 100)]
    [InlineData("8999-12-01Z", 32)]
    public void A_window_outside_of_the_years_that_can_be_is_refused(string start, int? days) =>
        Assert.Equal(new MaintenanceRefusal(MaintenanceFault.Time, "a"), Refused(Schedule(start, days)));

    [Theory]
    [InlineData("1970-01-01Z", null)]
    [InlineData("8999-12-01Z", 31)]
    public void A_window_at_the_ends_of_the_years_that_can_be_is_accepted(string start, int? days) =>
        Ask<MasterProtocol.MaintenanceUpdated>(Schedule(start, days));

    private void RestartInOffice(MasterOptions options)
    {
        Restart(options);
        AwaitAssert(() => Ask<MasterProtocol.MasterIdentity>(new MasterProtocol.IdentifyMaster()));
    }

    private string Version()
    {
        var version = Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Version;
        Assert.NotNull(version);
        return version;
    }

    private MaintenanceRefusal Refused(object change) => Ask<MasterProtocol.MaintenanceRefused>(change).Refusal;

    private void Ask(AgentId agent) =>
        Master.Tell(new MasterProtocol.RegisterAgent(agent, Machine, Guid.NewGuid()), Agent.Ref);

    private AgentProtocol.AgentRefusal NextRefusal() =>
        Agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true).Reason;

    private FrameworkProtocol.InverseOffersMade NextInverse(string framework) =>
        Frameworks.FishForMessage<FrameworkProtocol.InverseOffersMade>(made => made.FrameworkId.Value == framework);

    private (bool IsDown, int Tasks, InverseVerdict Verdict) Shown()
    {
        var machine = Assert.Single(
            Ask<MasterProtocol.MaintenanceStatus>(new MasterProtocol.GetMaintenanceStatus()).Machines);
        return (machine.IsDown, machine.TaskCount, Assert.Single(machine.Answers).Verdict);
    }

    private static MasterProtocol.UpdateMaintenanceSchedule Schedule(string start, int? days) => new(
    [
        new MaintenanceWindow(["a"], DateTimeOffset.Parse(start, CultureInfo.InvariantCulture),
            days is { } lasts ? TimeSpan.FromDays(lasts) : null),
    ]);

    private static MasterProtocol.UpdateMaintenanceSchedule Schedule(params ImmutableArray<string> machines) =>
        new([new MaintenanceWindow(machines, Start, TimeSpan.FromHours(1))]);
}
