using Akka.Actor;
using Akka.Configuration;
using Akka.Routing;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary><c>akka.cluster.pub-sub</c>.</summary>
public sealed class DistributedPubSubSettings : INoSerializationVerificationNeeded
{
    public DistributedPubSubSettings(
        string? role, RoutingLogic routingLogic, TimeSpan gossipInterval, TimeSpan removedTimeToLive,
        int maxDeltaElements, bool sendToDeadLettersWhenNoSubscribers)
    {
        if (gossipInterval <= TimeSpan.Zero)
            throw new ArgumentException($"gossip-interval is {gossipInterval}; it must be more than nothing.");
        if (maxDeltaElements < 1)
            throw new ArgumentException($"max-delta-elements is {maxDeltaElements}; it must be at least 1.");
        Role = string.IsNullOrEmpty(role) ? null : role;
        RoutingLogic = routingLogic;
        GossipInterval = gossipInterval;
        RemovedTimeToLive = removedTimeToLive;
        MaxDeltaElements = maxDeltaElements;
        SendToDeadLettersWhenNoSubscribers = sendToDeadLettersWhenNoSubscribers;
    }

    /// <summary>Null: any node.</summary>
    public string? Role { get; }

    /// <summary>Whom <see cref="Send"/> and groups choose.</summary>
    public RoutingLogic RoutingLogic { get; }

    /// <summary>How often this node compares what it knows with one other.</summary>
    public TimeSpan GossipInterval { get; }

    public TimeSpan RemovedTimeToLive { get; }

    public int MaxDeltaElements { get; }

    public bool SendToDeadLettersWhenNoSubscribers { get; }

    public static DistributedPubSubSettings Create(ActorSystem system) =>
        Create(ToolsDefaults.Of(system, "akka.cluster.pub-sub"));

    public static DistributedPubSubSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<DistributedPubSubSettings>("akka.cluster.pub-sub");
        return new DistributedPubSubSettings(
            ToolsDefaults.Role(config), Logic(config.GetString("routing-logic", "random")),
            config.GetTimeSpan("gossip-interval", TimeSpan.FromSeconds(1), false),
            config.GetTimeSpan("removed-time-to-live", TimeSpan.FromSeconds(120), false),
            config.GetInt("max-delta-elements", 3_000),
            config.GetBoolean("send-to-dead-letters-when-no-subscribers", true));
    }

    public DistributedPubSubSettings WithRole(string? role) => new(
        role, RoutingLogic, GossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithRoutingLogic(RoutingLogic routingLogic) => new(
        Role, routingLogic, GossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithGossipInterval(TimeSpan gossipInterval) => new(
        Role, RoutingLogic, gossipInterval, RemovedTimeToLive, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithRemovedTimeToLive(TimeSpan removedTtl) => new(
        Role, RoutingLogic, GossipInterval, removedTtl, MaxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithMaxDeltaElements(int maxDeltaElements) => new(
        Role, RoutingLogic, GossipInterval, RemovedTimeToLive, maxDeltaElements, SendToDeadLettersWhenNoSubscribers);

    public DistributedPubSubSettings WithSendToDeadLettersWhenNoSubscribers(bool sendToDeadLetters) => new(
        Role, RoutingLogic, GossipInterval, RemovedTimeToLive, MaxDeltaElements, sendToDeadLetters);

    private static RoutingLogic Logic(string name) => name switch
    {
        "random" => new RandomLogic(),
        "round-robin" => new RoundRobinRoutingLogic(),
        "broadcast" => new BroadcastRoutingLogic(),
        _ => throw new ConfigurationException(
            $"akka.cluster.pub-sub.routing-logic is '{name}'; it must be random, round-robin or broadcast."),
    };
}
