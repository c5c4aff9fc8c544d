using System.Text.Json.Serialization;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Gateway.Views;

/// <summary>The weight of one role.</summary>
public sealed record WeightView(string Role, double Weight)
{
    public static WeightView Of(RoleWeight weight) => new(weight.Role, weight.Weight);
}

/// <summary>All weights other than 1.</summary>
public sealed record WeightListView(ImmutableArray<WeightView> Weights);

/// <summary>What a PUT of a weight says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WeightBody
{
    public required double Weight { get; init; }
}
