using Akka.Cluster.Leading;

namespace Akka.Cluster.Wire;

/// <summary>First word of a node; the only one whose layout all versions of the protocol share at the front.</summary>
/// <param name="Protocol">The version that it speaks.</param>
/// <param name="Node">Where it hears the answer.</param>
/// <param name="Applicant">Null: it speaks another version.</param>
internal sealed record JoinRequest(int Protocol, UniqueAddress Node, Applicant? Applicant) : IClusterMessage
{
    internal const int CurrentProtocol = 1;
}

/// <summary>Ask there; null: this node is no member and knows none.</summary>
internal sealed record AskInstead(UniqueAddress From, UniqueAddress? Leader) : IClusterMessage;

internal sealed record JoinRefused(JoinRefusal Reason, string Text) : IClusterMessage;

/// <summary>Which run is at the address that this is sent to?</summary>
internal sealed record WhoIsThere(UniqueAddress Asking) : IClusterMessage;

internal sealed record HereIs(UniqueAddress Node) : IClusterMessage;
