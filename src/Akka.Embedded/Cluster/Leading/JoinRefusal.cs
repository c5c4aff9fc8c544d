namespace Akka.Cluster.Leading;

/// <summary>Why a node is not let in. The numbers are on the wire and stay.</summary>
internal enum JoinRefusal
{
    None = 0,
    OtherProtocol = 1,
    OtherCluster = 2,
    ClockOff = 3,
    AddressTaken = 4,
    OtherStore = 5,
    WrongSecret = 6,
    IncompatibleSettings = 7,

    /// <summary>The node there goes by another host name or port than the one it was sought under.</summary>
    OtherAddress = 8,

    /// <summary>One has TLS, the other does not.</summary>
    OtherTransport = 9,
}
