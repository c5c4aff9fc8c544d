using Akka.Configuration;

namespace Akka.Cluster;

/// <summary>What only this engine knows: <c>akka.cluster.embedded</c>, read once.</summary>
internal sealed record EmbeddedSettings(
    string LeaderRole, string StoreProvider, string StoreConnection, TimeSpan LeaderLease, TimeSpan LeaderRenewal,
    TimeSpan ElectionInterval, TimeSpan HeartbeatInterval, TimeSpan MemberLease, TimeSpan UnreachableAfter,
    TimeSpan ClockDifferenceMax, TimeSpan JoinInterval, string SameEverywhere)
{
    /// <summary>Clocks of different pace: a holder counts its lease as so much shorter.</summary>
    internal const double SafePart = 0.95;

    /// <summary>The leader's lease, a new leader and one heartbeat to it: a member lives through all of it.</summary>
    internal TimeSpan LeastMemberLease => (LeaderLease + ElectionInterval + HeartbeatInterval) / SafePart;

    internal static EmbeddedSettings Read(Config config)
    {
        var part = config.GetConfig("akka.cluster.embedded");
        var settings = new EmbeddedSettings(
            part.GetString("leader-role", ""), part.GetString("store.provider-name", ""),
            part.GetString("store.connection-string", ""), Positive(part, "leader-lease"),
            Positive(part, "leader-lease-renewal"), Positive(part, "election-interval"),
            Positive(part, "heartbeat-interval"), Positive(part, "member-lease"), Positive(part, "unreachable-after"),
            Positive(part, "clock-difference-max"), Positive(part, "join-interval"),
            part.GetString("same-everywhere", ""));
        if (settings.LeaderRenewal * 2 >= settings.LeaderLease)
            throw new ConfigurationException(
                $"akka.cluster.embedded.leader-lease-renewal is {settings.LeaderRenewal}; it must be less than half of "
                + $"leader-lease ({settings.LeaderLease}).");
        if (settings.MemberLease < settings.LeastMemberLease)
            throw new ConfigurationException(
                $"akka.cluster.embedded.member-lease is {settings.MemberLease}; a change of leader would stop members. "
                + $"It must be at least (leader-lease + election-interval + heartbeat-interval) / {SafePart} = "
                + $"{settings.LeastMemberLease}.");
        return settings;
    }

    private static TimeSpan Positive(Config part, string key)
    {
        var value = part.GetTimeSpan(key);
        return value > TimeSpan.Zero
            ? value
            : throw new ConfigurationException($"akka.cluster.embedded.{key} is {value}; it must be more than 0.");
    }
}
