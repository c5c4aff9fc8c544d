using Akka.Actor;
using ClusterScheduler.Runtime.Commands;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Cluster.Sharding;
using Petabridge.Cmd.Host;
using Petabridge.Cmd.Remote;

namespace ClusterScheduler.Pbm;

/// <summary>
/// Opens a node to <c>pbm</c>, with Petabridge's own palettes and one of each group of the command catalogue. Named in
/// HOCON under <c>akka.extensions</c>; where it listens is said under <c>petabridge.cmd</c>.
/// </summary>
public sealed class PbmExtension : IExtension
{
    internal PbmExtension(ExtendedActorSystem system)
    {
        Host = PetabridgeCmd.Get(system);
        Host.RegisterCommandPalette(ClusterCommands.Instance);
        Host.RegisterCommandPalette(ClusterShardingCommands.Instance);
        Host.RegisterCommandPalette(new RemoteCommands());
        foreach (var group in CommandCatalogue.All.GroupBy(command => command.Group))
        {
            Host.RegisterCommandPalette(new CataloguePalette(group.Key, [.. group]));
        }

        Host.Start();
    }

    /// <summary>The server that pbm speaks to.</summary>
    public PetabridgeCmd Host { get; }
}

/// <summary>Registers <see cref="PbmExtension"/> with an actor system.</summary>
public sealed class PbmExtensionProvider : ExtensionIdProvider<PbmExtension>
{
    /// <inheritdoc/>
    public override PbmExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
