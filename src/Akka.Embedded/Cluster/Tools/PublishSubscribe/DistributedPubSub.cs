using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>The mediator of a node: what it is told reaches those on other nodes that asked for it.</summary>
public sealed class DistributedPubSub : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly DistributedPubSubSettings _settings;
    private readonly Cluster _cluster;
    private readonly IActorRef _mediator;

    public DistributedPubSub(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        _system = system;
        var config = ToolsDefaults.Of(system, "akka.cluster.pub-sub");
        _settings = DistributedPubSubSettings.Create(config);
        _cluster = Cluster.Get(system);
        _mediator = IsTerminated
            ? system.DeadLetters
            : system.SystemActorOf(
                DistributedPubSubMediator.Props(_settings).WithDispatcher(config.GetString("use-dispatcher")),
                config.GetString("name"));
    }

    /// <summary>Dead letters where the node has not the role, or is no part of a cluster any more.</summary>
    public IActorRef Mediator => IsTerminated ? _system.DeadLetters : _mediator;

    public bool IsTerminated =>
        _cluster.IsTerminated || (_settings.Role is { } role && !_cluster.SelfRoles.Contains(role));

    public static DistributedPubSub Get(ActorSystem system) =>
        system.WithExtension<DistributedPubSub, DistributedPubSubExtensionProvider>();

    public static Config DefaultConfig() => ToolsDefaults.Config;
}

/// <summary>Gives a system its <see cref="DistributedPubSub"/>.</summary>
public sealed class DistributedPubSubExtensionProvider : ExtensionIdProvider<DistributedPubSub>
{
    public override DistributedPubSub CreateExtension(ExtendedActorSystem system) => new(system);
}
