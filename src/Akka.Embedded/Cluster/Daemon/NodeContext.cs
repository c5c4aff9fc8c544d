using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Cluster.Stores;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Daemon;

/// <summary>What every part of a node's membership needs: who it is, its clock, and a way to say something.</summary>
internal sealed class NodeContext(
    Cluster cluster, EmbeddedSettings settings, MembershipSetup setup, ILoggingAdapter log, IActorRef daemon)
{
    internal static readonly TimeSpan LongAgo = TimeSpan.FromDays(-1_000);

    private readonly long _started = setup.Time.GetTimestamp();

    internal Cluster Cluster => cluster;

    internal UniqueAddress Self => cluster.SelfUniqueAddress;

    internal EmbeddedSettings Settings => settings;

    internal ILoggingAdapter Log => log;

    internal TimeProvider Time => setup.Time;

    /// <summary>Time since this node began, by a clock that nobody sets.</summary>
    internal TimeSpan Now => setup.Time.GetElapsedTime(_started);

    internal DateTimeOffset WallClock => setup.Time.GetUtcNow();

    internal bool MayLead =>
        settings.LeaderRole.Length == 0 || cluster.Settings.Roles.Contains(settings.LeaderRole);

    internal bool HasDatabase => MayLead && settings.StoreProvider.Length > 0;

    internal Remoting Remoting => ((RemoteActorRefProvider)cluster.System.Provider).Remoting;

    internal IMembershipStore Reach(IMembershipStore store) => setup.Wrap(store);

    internal bool IsCut(Address address) => setup.IsCut(address);

    internal LeaderRules RulesFor(StoreId store) => new(
        settings.MemberLease, settings.UnreachableAfter, cluster.Settings.MinNrOfMembers,
        cluster.Settings.MinNrOfMembersOfRole, settings.ClockDifferenceMax, store,
        settings.SameEverywhere);

    internal void Send(Address to, IClusterMessage message)
    {
        if (to == Self.Address)
            daemon.Tell(message, ActorRefs.NoSender);
        else if (!setup.IsCut(to))
            cluster.System.Provider.ResolveActorRef(new RootActorPath(to) / "system" / "cluster")
                .Tell(message, ActorRefs.NoSender);
    }

    /// <summary>The outcome of something that takes time comes back as a message.</summary>
    internal void Report<T>(Task<T> task, Func<T, object> done, Func<Exception, object> failed) =>
        task.PipeTo(daemon, ActorRefs.NoSender, done, failed);

    internal void Tell(object message) => daemon.Tell(message, ActorRefs.NoSender);
}
