using Akka.Actor;

namespace Akka.Cluster.Joining;

/// <summary>Its text says why: a word for the kind, a colon, and what is the matter.</summary>
internal sealed class JoinRefusedReason(string text) : CoordinatedShutdown.ClusterJoinUnsuccessfulReason
{
    public override string ToString() => text;
}
