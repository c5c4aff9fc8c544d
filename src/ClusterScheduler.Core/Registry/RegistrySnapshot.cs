using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Registry;

/// <summary>The registry as it is stored whole.</summary>
public sealed record RegistrySnapshot(
    string ClusterId,
    MasterEpoch Epoch,
    long NextAgent,
    ImmutableArray<RegistrySnapshot.Agent> Agents,
    ImmutableArray<RegistrySnapshot.Incarnation> Incarnations,
    ImmutableArray<RegistrySnapshot.Framework> Frameworks) : IStoredSnapshot
{
    /// <summary>See <see cref="RegistryState.Weights"/>.</summary>
    public ImmutableArray<RoleWeight> Weights { get; init; } = [];

    /// <summary>See <see cref="RegistryState.Quotas"/>.</summary>
    public ImmutableArray<QuotaConfig> Quotas { get; init; } = [];

    /// <summary>See <see cref="RegistryState.Machines"/>.</summary>
    public ImmutableArray<Machine> Machines { get; init; } = [];

    /// <summary>Writes a state down.</summary>
    public static RegistrySnapshot Of(RegistryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new RegistrySnapshot(
            state.ClusterId,
            state.Epoch,
            state.NextAgent,
            [
                .. state.Agents.Select(static each => new Agent(each.Key, each.Value.Info, each.Value.Standing,
                    each.Value.Since, each.Value.Announced) { Made = each.Value.Made }),
            ],
            [.. state.Incarnations.OrderBy(static each => each.Value).ThenBy(static each => each.Key)
                .Select(static each => new Incarnation(each.Key, each.Value))],
            [
                .. state.Frameworks.Select(static each => new Framework(each.Key, each.Value.Info,
                    each.Value.Removed, each.Value.Since)),
            ])
        {
            Weights = [.. state.Weights.Select(static each => new RoleWeight(each.Key.Value, each.Value))],
            Quotas = [.. state.Quotas.Select(static each => QuotaConfig.Of(each.Key, each.Value))],
            Machines =
            [
                .. state.Machines.Select(static each => new Machine(
                    each.Key, each.Value.Window.Start, each.Value.Window.Duration, each.Value.IsDown)),
            ],
        };
    }

    /// <summary>The state that was written down.</summary>
    public RegistryState ToState() => WithRoles(RegistryState.Empty with
    {
        ClusterId = ClusterId,
        Epoch = Epoch,
        NextAgent = NextAgent,
        Agents = Agents.ToImmutableSortedDictionary(
            static each => each.AgentId,
            static each => new AdmittedAgent(each.Info, each.Standing, each.Since)
            {
                Announced = each.Announced,
                Made = PartOverlap.Once(each.Made),
            }),
        Incarnations = Incarnations.ToImmutableDictionary(static each => each.Process, static each => each.AgentId),
        Frameworks = Frameworks.ToImmutableSortedDictionary(
            static each => each.FrameworkId,
            static each => new AdmittedFramework(each.Info, each.Removed, each.Since)),
        Machines = Machines.ToImmutableSortedDictionary(
            static each => each.Hostname,
            static each => new MachineMaintenance(new Unavailability(each.Start, each.Duration), each.IsDown),
            StringComparer.Ordinal),
    });

    private RegistryState WithRoles(RegistryState state) => RegistryDecider.Apply(
        RegistryDecider.Apply(state, new RegistryEvent.WeightsSet(Weights, default)),
        new RegistryEvent.QuotaSet(Quotas, default));

    /// <summary>One agent of <see cref="RegistryState.Agents"/>.</summary>
    public sealed record Agent(
        AgentId AgentId, AgentInfo Info, RegisteredStanding Standing, DateTimeOffset Since, bool Announced)
    {
        /// <summary>See <see cref="AdmittedAgent.Made"/>.</summary>
        public ResourceSet Made { get; init; }
    }

    /// <summary>One machine of <see cref="RegistryState.Machines"/>.</summary>
    public sealed record Machine(string Hostname, DateTimeOffset Start, TimeSpan? Duration, bool IsDown);

    /// <summary>One entry of <see cref="RegistryState.Incarnations"/>.</summary>
    public sealed record Incarnation(Guid Process, AgentId AgentId);

    /// <summary>One framework of <see cref="RegistryState.Frameworks"/>.</summary>
    public sealed record Framework(FrameworkId FrameworkId, FrameworkInfo Info, string? Removed, DateTimeOffset Since);
}
