using Akka.Actor;

namespace Akka.Cluster.Daemon;

/// <summary>For tests: another clock, and lines to other nodes that can be cut.</summary>
/// <param name="time">The monotonic and the wall clock of this node's membership.</param>
/// <param name="isCut">True: what is sent to that node, or comes from it, is lost.</param>
internal sealed class MembershipSetup(TimeProvider? time = null, Func<Address, bool>? isCut = null)
    : Actor.Setup.Setup
{
    internal TimeProvider Time { get; } = time ?? TimeProvider.System;

    internal Func<Address, bool> IsCut { get; } = isCut ?? (static _ => false);
}
