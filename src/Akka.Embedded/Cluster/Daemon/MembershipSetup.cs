using Akka.Actor;
using Akka.Cluster.Stores;

namespace Akka.Cluster.Daemon;

/// <summary>For tests: another clock, and lines to other nodes and to the store that can be cut.</summary>
/// <param name="time">The monotonic and the wall clock of this node's membership.</param>
/// <param name="isCut">True: what is sent to that node, or comes from it, is lost.</param>
/// <param name="wrap">What stands between this node and its store.</param>
internal sealed class MembershipSetup(
    TimeProvider? time = null, Func<Address, bool>? isCut = null, Func<IMembershipStore, IMembershipStore>? wrap = null)
    : Actor.Setup.Setup
{
    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    internal Func<IMembershipStore, IMembershipStore> Wrap { get; } = wrap ?? (static store => store);

    internal Func<Address, bool> IsCut { get; } = isCut ?? (static _ => false);
}
