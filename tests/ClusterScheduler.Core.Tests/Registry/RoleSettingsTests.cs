using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Registry;

/// <summary>Weights and quota in the registry.</summary>
public class RoleSettingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Weights_are_stored_once_and_a_weight_of_one_is_none()
    {
        var state = After(RegistryState.Empty, Weigh(("eng", 2), ("ads", 3)));
        Assert.Equal(2, state.Weights[RoleName.Parse("eng")]);
        Assert.Empty(RegistryDecider.Decide(state, Weigh(("eng", 2)), Now).Events);
        Assert.Equal("ads", Assert.Single(After(state, Weigh(("eng", 1))).Weights).Key.Value);
    }

    [Fact]
    public void The_least_and_the_most_weight_can_be_given()
    {
        var state = After(RegistryState.Empty, Weigh(("eng", 0.001), ("ads", 1e6)));
        Assert.Equal([1_000_000, 0.001], state.Weights.Values);
    }

    [Theory]
    [InlineData("", 1, WeightFault.RoleName)]
    [InlineData("a//b", 1, WeightFault.RoleName)]
    [InlineData("a", -1, WeightFault.NotPositive)]
    [InlineData("a", double.NegativeInfinity, WeightFault.NotPositive)]
    [InlineData("a", 0.0004, WeightFault.OutOfRange)]
    [InlineData("a", 1_000_001, WeightFault.OutOfRange)]
    [InlineData("a", 1e308, WeightFault.OutOfRange)]
    [InlineData("eng", 1, WeightFault.DoubleRole)]
    public void One_wrong_weight_refuses_them_all(string role, double weight, WeightFault fault)
    {
        var decision = RegistryDecider.Decide(RegistryState.Empty, Weigh(("eng", 2), (role, weight)), Now);
        Assert.Empty(decision.Events);
        Assert.Equal(new WeightRefusal(fault, role, weight),
            Assert.IsType<RegistryReply.WeightsRefused>(decision.Answer).Refusal);
    }

    [Fact]
    public void Quota_is_stored_as_a_whole_or_not_at_all()
    {
        var state = After(RegistryState.Empty, Quota(false, ("eng", "cpus:2", "cpus:4"), ("eng/web", "cpus:1", "")));
        Assert.Equal(2, state.Quotas.Count);
        var decision = RegistryDecider.Decide(
            state, Quota(false, ("ads", "cpus:1", ""), ("eng/web", "cpus:3", "")), Now);
        Assert.Empty(decision.Events);
        Assert.Equal(QuotaFault.GuaranteesAboveParent,
            Assert.IsType<RegistryReply.QuotaRefused>(decision.Answer).Refusal.Fault);
    }

    [Fact]
    public void A_dry_run_and_what_is_already_so_store_nothing()
    {
        var command = Quota(false, ("eng", "cpus:2", ""));
        var state = After(RegistryState.Empty, command);
        Assert.Empty(RegistryDecider.Decide(RegistryState.Empty, command with { DryRun = true }, Now).Events);
        Assert.Empty(RegistryDecider.Decide(state, command, Now).Events);
        Assert.Empty(After(state, Quota(false, ("eng", "", ""))).Quotas);
    }

    [Fact]
    public void Capacity_and_consumption_count_unless_forced()
    {
        Assert.IsType<RegistryReply.QuotaRefused>(Answer(Quota(false, ("eng", "cpus:11", ""))));
        Assert.IsType<RegistryReply.QuotaRefused>(Answer(Quota(false, ("busy", "", "cpus:2"))));
        Assert.IsType<RegistryReply.QuotaIs>(Answer(Quota(true, ("eng", "cpus:11", ""), ("busy", "", "cpus:2"))));
    }

    [Fact]
    public void The_stored_form_reads_back_and_refuses_a_name_given_twice()
    {
        var quota = Core.Quotas.Quota.Parse("cpus:2;mem:8", "cpus:0");
        Assert.Null(QuotaConfig.Of(RoleName.Parse("eng"), quota).Read(out var read));
        Assert.Equal(new RoleQuota(RoleName.Parse("eng"), quota), read);

        var twice = new QuotaConfig("eng", [new("cpus", Scalar.Of(1)), new("cpus", Scalar.Of(2))], []);
        Assert.Equal(QuotaFault.ResourceName, twice.Read(out _)!.Fault);
    }

    private static object? Answer(RegistryCommand command) =>
        RegistryDecider.Decide(RegistryState.Empty, command, Now).Answer;

    private static RegistryState After(RegistryState state, RegistryCommand command) =>
        RegistryDecider.Decide(state, command, Now).Events.Aggregate(state, RegistryDecider.Apply);

    private static RegistryCommand.SetWeights Weigh(params (string Role, double Weight)[] weights) =>
        new([.. weights.Select(static weight => new RoleWeight(weight.Role, weight.Weight))]);

    private static RegistryCommand.SetQuota Quota(
        bool force, params (string Role, string Guarantees, string Limits)[] quota)
    {
        var consumed = ImmutableDictionary<RoleName, ResourceSet>.Empty
            .Add(RoleName.Parse("busy"), ResourceSet.Parse("cpus:3"));
        return new RegistryCommand.SetQuota(
            [
                .. quota.Select(static each => new RoleQuota(
                    RoleName.Parse(each.Role), Core.Quotas.Quota.Parse(each.Guarantees, each.Limits))),
            ],
            new QuotaAccounts(ResourceSet.Parse("cpus:10;mem:100"), consumed), force, DryRun: false);
    }
}
