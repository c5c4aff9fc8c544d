using Akka.Cluster.Leading;
using Akka.Remote.Wire;

namespace Akka.Cluster.Joining;

/// <summary>What a refused connection means to a node that wants to join.</summary>
internal static class JoinRefusals
{
    /// <summary>Null: it may be another time.</summary>
    internal static JoinRefusal? Of(RefusalKind kind) => kind switch
    {
        RefusalKind.OtherVersion => JoinRefusal.OtherProtocol,
        RefusalKind.WrongSecret => JoinRefusal.WrongSecret,
        RefusalKind.OtherSystem => JoinRefusal.OtherCluster,
        RefusalKind.OtherAddress => JoinRefusal.OtherAddress,
        RefusalKind.AddressTaken => JoinRefusal.AddressTaken,
        _ => null,
    };
}
