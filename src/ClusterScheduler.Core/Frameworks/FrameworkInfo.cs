using System.Collections.Immutable;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What a framework says of itself when it subscribes (Mesos: FrameworkInfo).</summary>
/// <param name="Name">For people; need not be unique.</param>
/// <param name="User">The account its tasks belong to.</param>
/// <param name="Roles">The roles in which it receives offers; at least one.</param>
public sealed record FrameworkInfo(string Name, string User, ImmutableArray<string> Roles)
{
    /// <summary>
    /// How long its tasks run on without a scheduler before the framework is removed. Mesos' default is 0, which
    /// kills every task at a network blip; here it is a week unless the author says otherwise.
    /// </summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Mesos' capabilities by name; unknown ones are kept and ignored. Default: what the SDK does.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = CapabilityNames.Native;

    /// <summary>What it wants of offers, by role; at most one entry a role.</summary>
    public ImmutableArray<RoleWishes> Wishes { get; init; } = [];

    /// <summary>A page of the framework's own, for the operator; empty when it has none.</summary>
    public string WebUiUrl { get; init; } = "";

    /// <inheritdoc/>
    public bool Equals(FrameworkInfo? other) => other is not null && Name == other.Name && User == other.User
        && FailoverTimeout == other.FailoverTimeout && WebUiUrl == other.WebUiUrl
        && Roles.AsSpan().SequenceEqual(other.Roles.AsSpan())
        && Capabilities.AsSpan().SequenceEqual(other.Capabilities.AsSpan())
        && Wishes.SequenceEqual(other.Wishes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, User, FailoverTimeout);
}
