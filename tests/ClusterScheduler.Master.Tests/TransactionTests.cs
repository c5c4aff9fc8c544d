using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Frameworks that look at agents and commit, beside others that wait for offers.</summary>
public class TransactionTests : MasterScene
{
    private static readonly Guid Connection = Guid.NewGuid();

    [Fact]
    public void A_gang_over_two_agents_is_granted_whole_and_answered_the_same_until_it_is_confirmed()
    {
        Enter("f", "eng");
        JoinAgent();
        JoinAgent();
        var agents = View("f", "eng");
        Assert.Equal(2, agents.Length);
        Assert.All(agents, static agent => Assert.Equal(Machine.Resources, agent.Free));

        var commit = Commit("f", 1, "eng", Place(agents[0], "a", "cpus:4"), Place(agents[1], "b", "cpus:3"));
        var granted = Answer(commit);
        Assert.Null(granted.Refusal);
        Assert.Equal([agents[0].AgentId, agents[1].AgentId], granted.Sites.Select(static site => site.AgentId));
        Assert.Equal(["a", "b"], granted.Sites.Select(static site => Assert.Single(site.TaskIds).Value));
        Assert.All(granted.Sites, site => Assert.Equal((Agent.Ref, "eng"), (site.Agent!, site.Role)));
        Assert.Equal(["cpus:4", "cpus:3"], Used());

        var again = Answer(commit);
        Assert.Equal(
            granted.Sites.Select(static site => site.Session), again.Sites.Select(static site => site.Session));
        Assert.Equal(["cpus:4", "cpus:3"], Used());
        Master.Tell(new MasterProtocol.ConfirmAccepts(new FrameworkId("f"), 1));
        Master.Tell(commit);
        Assert.Equal(2, Answer(Commit("f", 2, "eng", Place(agents[1], "c", "cpus:1"))).AcceptId);
    }

    [Fact]
    public void What_a_transaction_used_is_not_offered_until_its_task_ends()
    {
        Enter("f", "eng");
        var agent = JoinAgent().AgentId;
        Assert.Null(Answer(Commit("f", 1, "eng", Place(View("f", "eng")[0], "t", "cpus:3;mem:24"))).Refusal);
        Register("other");
        Assert.Equal(ResourceSet.Parse("cpus:1;mem:1000"), NextOffer("other").Resources);

        Master.Tell(new MasterProtocol.ReleaseTask(new FrameworkId("f"), new("t"), agent), Tasks.Ref);
        Tasks.ExpectMsg<TaskProtocol.TaskReleased>();
        Assert.Equal(ResourceSet.Parse("cpus:3;mem:24"), NextOffer("other").Resources);
    }

    [Fact]
    public void A_conflict_names_the_agent_and_its_version_now_and_leaves_the_other_agents_alone()
    {
        Enter("f", "eng");
        Enter("g", "ads");
        JoinAgent();
        JoinAgent();
        var seen = View("g", "ads");
        Answer(Commit("f", 1, "eng", Place(seen[1], "first", "cpus:1")));

        var late = Answer(Commit("g", 1, "ads", Place(seen[0], "a", "cpus:1"), Place(seen[1], "b", "cpus:1")));
        Assert.Empty(late.Sites);
        var now = View("g", "ads");
        Assert.Equal((TransactionFault.VersionConflict, seen[1].AgentId, now[1].Version),
            (late.Refusal!.Fault, late.Refusal.AgentId, late.Refusal.Version));
        Assert.Equal(["", "cpus:1"], Used());

        Assert.Null(Answer(Commit(
            "g", 2, "ads", Place(now[0], "a", "cpus:1"), Place(now[1], "b", "cpus:1"))).Refusal);
        Assert.Equal(["cpus:1", "cpus:2"], Used());
    }

    [Fact]
    public void What_was_taken_since_it_was_seen_is_a_conflict_with_the_version_now_and_not_only_not_free()
    {
        Enter("f", "eng");
        Enter("g", "ads");
        JoinAgent();
        var seen = Assert.Single(View("g", "ads"));
        Assert.Null(Answer(Commit("f", 1, "eng", Place(seen, "first", "cpus:4"))).Refusal);

        var late = Answer(Commit("g", 1, "ads", Place(seen, "late", "cpus:1"))).Refusal!;
        var now = Assert.Single(View("g", "ads"));
        Assert.Equal((TransactionFault.VersionConflict, seen.AgentId, now.Version),
            (late.Fault, late.AgentId, late.Version));
        Assert.Equal(TransactionFault.NotFree,
            Answer(Commit("g", 2, "ads", Place(now, "later", "cpus:1"))).Refusal!.Fault);
    }

    [Fact]
    public void Who_commits_on_an_agent_with_planned_maintenance_is_asked_to_leave_it()
    {
        Enter("f", "eng");
        JoinAgent();
        Ask<MasterProtocol.MaintenanceUpdated>(new MasterProtocol.UpdateMaintenanceSchedule(
            [new MaintenanceWindow([Machine.Hostname], DateTimeOffset.UtcNow.AddDays(1), null)]));
        Assert.Null(Answer(Commit("f", 1, "eng", Place(View("f", "eng")[0], "t", "cpus:4;mem:1024"))).Refusal);
        Assert.Equal(Machine.Resources, Assert.Single(Frameworks.FishForMessage<FrameworkProtocol.InverseOffersMade>(
            static _ => true).Offers).Resources);
    }

    [Fact]
    public void What_others_are_offered_is_not_free()
    {
        Register("waiting");
        JoinAgent();
        NextOffer("waiting");
        Enter("f", "eng");
        Assert.Empty(View("f", "eng"));
    }

    [Fact]
    public void A_limit_cuts_what_is_shown_and_refuses_what_goes_beyond_it_in_sum()
    {
        Ask<MasterProtocol.QuotaUpdated>(Quota("eng", "", "cpus:5"));
        Enter("f", "eng");
        JoinAgent();
        JoinAgent();
        var agents = View("f", "eng");
        var refusal = Answer(Commit(
            "f", 1, "eng", Place(agents[0], "a", "cpus:3"), Place(agents[1], "b", "cpus:3"))).Refusal!;
        Assert.Equal(TransactionFault.QuotaExceeded, refusal.Fault);
        Assert.Equal((Scalar.Of(6), Scalar.Of(5)), (refusal.Asked.Cpus, refusal.Held.Cpus));
        Assert.Equal(["", ""], Used());

        Assert.Null(Answer(Commit("f", 2, "eng", Place(agents[0], "c", "cpus:3"))).Refusal);
        Assert.Equal([Scalar.Of(1), Scalar.Of(2)], View("f", "eng").Select(static agent => agent.Free.Cpus));
    }

    [Fact]
    public void The_guarantee_of_another_role_is_kept()
    {
        JoinAgent();
        Ask<MasterProtocol.QuotaUpdated>(Quota("vip", "cpus:3", ""));
        Enter("f", "eng");
        var agent = Assert.Single(View("f", "eng"));
        Assert.Equal(Scalar.Of(1), agent.Free.Cpus);
        Assert.Equal(TransactionFault.QuotaExceeded,
            Answer(Commit("f", 1, "eng", Place(agent, "t", "cpus:2"))).Refusal!.Fault);
        Assert.Null(Answer(Commit("f", 2, "eng", Place(agent, "u", "cpus:1"))).Refusal);
    }

    [Fact]
    public void Reservations_of_others_are_neither_shown_nor_given()
    {
        var id = JoinAgent().AgentId;
        Ask<MasterProtocol.OperationApplied>(new MasterProtocol.ApplyOperation(
            id, new ResourceOperation(OperationKind.Reserve, ResourceSet.Parse("cpus(+ads):3"))));
        Enter("f", "eng");
        Enter("g", "ads");
        var agent = Assert.Single(View("f", "eng"));
        Assert.Equal(ResourceSet.Parse("cpus:1;mem:1024"), agent.Free);
        Assert.Equal(TransactionFault.NotForRole,
            Answer(Commit("f", 1, "eng", Place(agent, "t", "cpus(+ads):1"))).Refusal!.Fault);
        Assert.Null(Answer(Commit(
            "g", 1, "ads", Place(View("g", "ads")[0], "t", "cpus(+ads):3;cpus:1"))).Refusal);
    }

    [Fact]
    public void A_framework_sees_agents_only_in_its_own_roles_and_only_over_its_present_connection()
    {
        Enter("f", "eng");
        JoinAgent();
        Assert.Empty(View("f", "ads"));
        Master.Tell(new MasterProtocol.ViewAgents(
            new FrameworkId("f"), Guid.NewGuid(), new AgentQuery(Guid.NewGuid(), "eng", ResourceSet.Empty, null)));
        var agent = Assert.Single(View("f", "eng"));
        Assert.Empty(View("f", "eng", "cpus:5"));
        Assert.Empty(View("f", "eng", "", agent.AgentId));
        Assert.Null(agent.Domain);
        JoinAgent(Machine with { Hostname = "there", Domain = new AgentDomain("eu", "eu-1") });
        var there = Assert.Single(View("f", "eng", "", agent.AgentId));
        Assert.Equal(("there", new AgentDomain("eu", "eu-1")), (there.Hostname, there.Domain));
        Assert.Equal(TransactionFault.NotSubscribed,
            Answer(Commit("f", 1, "ads", Place(agent, "t", "cpus:1"))).Refusal!.Fault);
        Assert.Equal(TransactionFault.NotFree,
            Answer(Commit("f", 2, "eng", Place(agent, "t", "cpus:5"))).Refusal!.Fault);
        Assert.Equal(TransactionFault.DoubleAgent, Answer(Commit(
            "f", 3, "eng", Place(agent, "t", "cpus:1"), Place(agent, "u", "cpus:1"))).Refusal!.Fault);
        Assert.Equal(TransactionFault.Empty, Answer(Commit("f", 4, "eng")).Refusal!.Fault);
    }

    [Fact]
    public void A_new_master_refuses_what_was_chosen_under_the_old_one_and_uses_nothing()
    {
        Enter("f", "eng");
        var old = JoinAgent().AgentId;
        var seen = View("f", "eng")[0];
        var commit = Commit("f", 1, "eng", Place(seen, "t", "cpus:1"));
        Assert.Null(Answer(commit).Refusal);

        Restart(MasterOptions.Default);
        Enter("f", "eng");
        var away = Answer(Commit("f", 2, "eng", Place(seen, "u", "cpus:1"))).Refusal!;
        Assert.Equal((TransactionFault.UnknownAgent, old), (away.Fault, away.AgentId));

        Master.Tell(new MasterProtocol.RegisterAgent(old, Machine, Guid.NewGuid()), Agent.Ref);
        var back = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(old, back.Session, []), Agent.Ref);
        Agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
        var stale = Answer(commit).Refusal!;
        Assert.Equal(TransactionFault.VersionConflict, stale.Fault);
        Assert.Equal(back.Session, stale.Version!.Value.Session);
        Assert.Equal([""], Used());
    }

    /// <summary>A framework that wants no offers.</summary>
    private void Enter(string id, string role)
    {
        Master.Tell(new MasterProtocol.RegisterFramework(
            new FrameworkId(id), new FrameworkInfo(id, "root", [role]), Connection, [role]));
        Frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(
            message => message.FrameworkId.Value == id);
    }

    private ImmutableArray<FreeAgent> View(
        string framework, string role, string least = "", AgentId? after = null)
    {
        var query = new AgentQuery(Guid.NewGuid(), role, ResourceSet.Parse(least), after);
        Master.Tell(new MasterProtocol.ViewAgents(new FrameworkId(framework), Connection, query));
        var page = Frameworks.FishForMessage<FrameworkProtocol.AgentsShown>(_ => true).Page;
        Assert.Equal((query.QueryId, true), (page.QueryId, page.IsLast));
        return page.Agents;
    }

    private static AgentPlacement Place(FreeAgent agent, string task, string resources) =>
        new(agent.AgentId, agent.Version, [Task(task, resources)]);

    private static MasterProtocol.Commit Commit(
        string framework, long acceptId, string role, params ImmutableArray<AgentPlacement> placements) =>
        new(new FrameworkId(framework), acceptId, role, placements, 0);

    private FrameworkProtocol.CommitAnswered Answer(MasterProtocol.Commit commit)
    {
        Master.Tell(commit);
        return Frameworks.FishForMessage<FrameworkProtocol.CommitAnswered>(_ => true);
    }

    private IEnumerable<string> Used() => Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents
        .Select(static agent => agent.Used.ToString());

    private static MasterProtocol.UpdateQuota Quota(string role, string guarantees, string limits) => new(
        [QuotaConfig.Of(RoleName.Any, Core.Quotas.Quota.Parse(guarantees, limits)) with { Role = role }],
        Force: false, DryRun: false);
}
