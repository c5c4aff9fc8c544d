using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Roles;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Registry.RegistryEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Registry;

/// <content>Weights and quota of roles (mesos-semantics.md, section 9).</content>
public static partial class RegistryDecider
{
    /// <summary>The most roles that may have a weight, and the most that may have quota.</summary>
    public const int SetRolesMax = 10_000;

    private static Outcome SetWeights(RegistryState state, RegistryCommand.SetWeights set, DateTimeOffset now)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var weight in set.Weights)
        {
            var fault = !RoleName.TryParse(weight.Role, out _, out _) ? WeightFault.RoleName
                : !named.Add(weight.Role) ? WeightFault.DoubleRole
                : !double.IsFinite(weight.Weight) || weight.Weight <= 0 ? WeightFault.NotPositive
                : weight.Weight is < RoleWeight.Least or > RoleWeight.Most ? WeightFault.OutOfRange
                : (WeightFault?)null;
            if (fault is { } wrong)
            {
                return Refuse(wrong, weight);
            }
        }

        var after = Apply(state, new RegistryEvent.WeightsSet(set.Weights, now));
        if (after.Weights.Count > SetRolesMax)
        {
            return Refuse(WeightFault.TooManyRoles, set.Weights[^1]);
        }

        return after.Weights.SequenceEqual(state.Weights)
            ? Outcome.Answered(new RegistryReply.WeightsAre())
            : Outcome.Storing(new RegistryEvent.WeightsSet(set.Weights, now)).With(new RegistryReply.WeightsAre());
    }

    private static Outcome Refuse(WeightFault fault, RoleWeight weight) =>
        Outcome.Answered(new RegistryReply.WeightsRefused(new WeightRefusal(fault, weight.Role, weight.Weight)));

    private static Outcome SetQuota(RegistryState state, RegistryCommand.SetQuota set, DateTimeOffset now)
    {
        var refusal = QuotaRules.Check(
            state.Quotas, set.Changes, role => set.Accounts.Consumed.GetValueOrDefault(role), set.Accounts.Capacity,
            set.Force);
        var @event = new RegistryEvent.QuotaSet(
            [.. set.Changes.Select(static change => QuotaConfig.Of(change.Role, change.Quota))], now);
        var after = refusal is null ? Apply(state, @event) : state;
        if (after.Quotas.Count > SetRolesMax)
        {
            refusal = new QuotaRefusal(QuotaFault.TooManyRoles, set.Changes[^1].Role);
        }

        if (refusal is not null)
        {
            return Outcome.Answered(new RegistryReply.QuotaRefused(refusal));
        }

        return set.DryRun || after.Quotas.SequenceEqual(state.Quotas)
            ? Outcome.Answered(new RegistryReply.QuotaIs())
            : Outcome.Storing(@event).With(new RegistryReply.QuotaIs());
    }

    private static RegistryState Apply(RegistryState state, RegistryEvent.WeightsSet set) => state with
    {
        Weights = set.Weights.Aggregate(state.Weights, static (weights, weight) => weight.Weight == 1
            ? weights.Remove(RoleName.Parse(weight.Role))
            : weights.SetItem(RoleName.Parse(weight.Role), weight.Weight)),
    };

    private static RegistryState Apply(RegistryState state, RegistryEvent.QuotaSet set) => state with
    {
        Quotas = set.Configs.Aggregate(state.Quotas, static (quotas, config) =>
        {
            config.Read(out var read);
            return read!.Quota.IsNone ? quotas.Remove(read.Role) : quotas.SetItem(read.Role, read.Quota);
        }),
    };
}
