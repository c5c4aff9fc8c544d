using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>role list, quota list, weight list</summary>
public static class RoleCatalogue
{
    public static OperatorCommand List { get; } = new(
        "role", "list", "List all roles with their share, weight and quota", ListRoles)
    {
        Examples = [new("csched role list", "SHARE: the dominant share; CONSUMED: what counts against quota")],
    };

    public static OperatorCommand Quota { get; } = new(
        "quota", "list", "List the quota of all roles that have some", ListQuota)
    {
        Examples = [new("csched quota list", "every role that is not here has no quota")],
    };

    public static OperatorCommand Weights { get; } = new(
        "weight", "list", "List the weights of roles that have another than 1", ListWeights)
    {
        Examples = [new("csched weight list", "every role that is not here has the weight 1")],
    };

    internal static ImmutableArray<OperatorCommand> All => [List, Quota, Weights];

    private static async Task<CommandAnswer> ListRoles(CommandCall call)
    {
        var list = await call.Ask<MasterProtocol.RoleList>(call.Refs.Master, new MasterProtocol.ListRoles());
        return CommandAnswer.Table.Of(
            ["role", "weight", "share", "frameworks", "allocated", "consumed", "guarantees", "limits"],
            list.Roles.Select(role => new CommandCell[]
            {
                role.Role,
                (decimal)role.Weight,
                (decimal)Math.Round(role.DominantShare, 3),
                role.Frameworks.Length,
                role.Allocated.ToString(),
                role.Consumed.ToString(),
                Amounts(role.Quota.Guarantees),
                Amounts(role.Quota.Limits),
            }));
    }

    private static async Task<CommandAnswer> ListQuota(CommandCall call)
    {
        var list = await call.Ask<MasterProtocol.QuotaList>(call.Refs.Master, new MasterProtocol.ListQuota());
        return CommandAnswer.Table.Of(
            ["role", "guarantees", "limits"],
            list.Configs.Select(config => new CommandCell[]
            {
                config.Role, Amounts(config.Guarantees), Amounts(config.Limits),
            }));
    }

    private static async Task<CommandAnswer> ListWeights(CommandCall call)
    {
        var list = await call.Ask<MasterProtocol.WeightList>(call.Refs.Master, new MasterProtocol.ListWeights());
        return CommandAnswer.Table.Of(
            ["role", "weight"],
            list.Weights.Select(weight => new CommandCell[] { weight.Role, (decimal)weight.Weight }));
    }

    private static string Amounts(IEnumerable<QuotaAmount> amounts) =>
        string.Join(';', amounts.Select(amount => $"{amount.Name}:{amount.Amount}"));
}
