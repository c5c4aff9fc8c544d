using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// Every rule counts for itself, the first one is told apart, and what is short follows from what is free.
/// </summary>
public sealed class WhyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FrameworkId Framework = new("f");
    private static readonly RoleName Role = RoleName.Parse("dev");

    private readonly Allocator allocator = new(new AllocatorSettings());

    public WhyTests() => Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [Role])));

    [Fact]
    public void A_filter_hides_neither_that_agents_are_too_small_nor_for_whom_they_are_kept()
    {
        AddAgents(3, "cpus:4;mem:1024");
        DeclineAll();
        Assert.Equal([(OfferRule.Filtered, 3, 3), (OfferRule.TooSmall, 3, 0)], Counts(Why("cpus:6")));

        SetQuota("eng", Quota.Parse("cpus:10", ""));
        var why = Why("cpus:6");
        Assert.Equal(
            [(OfferRule.Headroom, 3, 3), (OfferRule.Filtered, 3, 0), (OfferRule.TooSmall, 3, 0)], Counts(why));
        var kept = Assert.Single(why.KeptFor);
        Assert.Equal(("eng", "cpus:10"), (kept.Role.Value, kept.Amounts.ToString()));

        var near = why.Nearest[0];
        Assert.Equal([OfferRule.Headroom, OfferRule.Filtered, OfferRule.TooSmall], near.Rules);
        Assert.Equal("cpus:4;mem:1024", near.Free.ToString());
        Assert.Equal("cpus:2;mem:1024", near.Offerable.ToString());
        Assert.Equal("cpus:2", near.Missing.ToString());
    }

    [Theory]
    [InlineData("cpus:1", "")]
    [InlineData("cpus:5", "cpus:1")]
    public void What_is_short_is_told_from_what_is_free_while_the_framework_is_suppressed(string demand, string missing)
    {
        AddAgents(2, "cpus:2;mem:1024");
        Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId("z"), ResourceSet.Parse("cpus:4;mem:64")), []));
        Assert.Null(allocator.Suppress(Framework));
        var near = Why(demand).Nearest;
        Assert.Equal(missing, near.Min(one => one.Missing.ToString()));
        Assert.All(near, one => Assert.Equal(OfferRule.Suppressed, one.Rule));
        Assert.Equal(demand == "cpus:1" ? "a0000" : "z", near[0].Agent.Value);
    }

    [Fact]
    public void Rules_are_told_in_the_order_of_the_enumeration()
    {
        var excluding = new OfferConstraints(
            [[AttributeConstraint.TryCreate(AttributeSelector.Attribute, "rack", AttributePredicate.Exists, "")!]]);
        Assert.Null(allocator.UpdateFramework(new FrameworkProfile(Framework, [Role])
        {
            Constraints = new Dictionary<RoleName, OfferConstraints> { [Role] = excluding },
        }));
        SetQuota("dev", Quota.Parse("", "cpus:0;mem:0"));
        AddAgents(1, "");
        Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId("b"), ResourceSet.Parse("mem:1")), []));
        Assert.Equal(
            [
                (OfferRule.Constraints, 2, 2), (OfferRule.NothingFree, 1, 0), (OfferRule.QuotaLimit, 2, 0),
                (OfferRule.BelowMinimum, 1, 0), (OfferRule.TooSmall, 1, 0),
            ],
            Counts(Why("cpus:1")));
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(90, 40)]
    [InlineData(250, 10)]
    public void Of_a_role_the_first_frameworks_are_named_those_that_want_nothing_last_and_all_are_counted(
        int waiting, int suppressed)
    {
        for (var at = 0; at < waiting + suppressed; at++)
        {
            var id = new FrameworkId($"g{at:D3}");
            Assert.Null(allocator.AddFramework(new FrameworkProfile(id, [Role])
            {
                SuppressedRoles = at < waiting ? [] : [Role],
            }));
            AgentUse[] uses = [new AgentUse(id, Role, ResourceSet.Parse($"cpus:{1 + (at * 37 % 11)}"))];
            Assert.Null(allocator.AddAgent(
                new AgentProfile(new AgentId($"b{at}"), ResourceSet.Parse("cpus:11;mem:11")), uses));
        }

        var why = allocator.WhyRole(Role)!;
        var all = Enumerable.Range(0, waiting + suppressed).Select(at => new FrameworkId($"g{at:D3}")).Append(Framework)
            .Select(id => Assert.Single(allocator.ViewFramework(id)))
            .OrderBy(client => !client.IsActive).ThenBy(client => client.IsActive ? client.DominantShare : 0)
            .ThenBy(client => client.Framework);
        Assert.Equal(all.Take(100).Select(client => client.Framework), why.Frameworks.Select(each => each.Framework));
        Assert.Equal(waiting + suppressed + 1, why.FrameworkCount);
    }

    [Fact]
    public void Nothing_can_be_offered_in_the_next_round_while_agents_are_awaited()
    {
        SetQuota("eng", Quota.Parse("", "cpus:1"));
        allocator.AwaitAgents(10, Now.AddMinutes(1));
        AddAgents(1, "cpus:4;mem:1024");
        Assert.Equal([(OfferRule.AgentsAwaited, 1, 1)], Counts(Why("cpus:1")));
        Assert.Equal([(OfferRule.None, 1, 1)], Counts(Why("cpus:1", Now.AddMinutes(2))));
    }

    [Fact]
    public void Agents_that_differ_in_one_item_alone_are_told_apart()
    {
        AddAgents(1, "cpus:2;mem:64;ports:[1-9]");
        Assert.Null(allocator.AddAgent(new AgentProfile(
            new AgentId("b"), ResourceSet.Parse("cpus:2;mem:64;ports:[2-9]")), []));
        Assert.Equal([(OfferRule.None, 1, 1), (OfferRule.TooSmall, 1, 1)], Counts(Why("cpus:1;ports:[1-1]")));
        Assert.Equal("b", Why("ports:[1-1]").Nearest[1].Agent.Value);
    }

    private static IEnumerable<(OfferRule Rule, int Agents, int First)> Counts(WhyAnswer why) =>
        why.RuledOut.Select(rule => (rule.Key, rule.Value, why.First.GetValueOrDefault(rule.Key)));

    private WhyAnswer Why(string demand, DateTimeOffset? at = null) =>
        allocator.Why(Framework, Role, ResourceSet.Parse(demand), at ?? Now)!;

    private void SetQuota(string role, Quota quota) =>
        Assert.Null(allocator.SetQuota([new RoleQuota(RoleName.Parse(role), quota)]));

    private void AddAgents(int count, string total)
    {
        for (var at = 0; at < count; at++)
        {
            Assert.Null(allocator.AddAgent(
                new AgentProfile(new AgentId($"a{at:D4}"), ResourceSet.Parse(total)), []));
        }
    }

    private void DeclineAll()
    {
        foreach (var offer in allocator.Allocate(Now))
        {
            Assert.Null(allocator.RecoverOffered(
                Framework, Role, offer.Agent, offer.Resources, FilterDuration.Most, Now));
        }
    }
}
