namespace Akka.Remote.Wire;

/// <summary>First byte of a frame, after its length.</summary>
internal enum FrameKind : byte
{
    /// <summary>From the one who was connected to: a number to prove the secret with.</summary>
    Challenge = 1,

    /// <summary>From the one who connects: who it is.</summary>
    Hello = 2,

    /// <summary>Who is at the other end; messages may follow.</summary>
    Welcome = 3,

    /// <summary>Why not, in words; the connection ends.</summary>
    Refused = 4,

    /// <summary>One or more messages to actors.</summary>
    Messages = 5,

    /// <summary>One message of the engine, with its number.</summary>
    System = 6,

    /// <summary>All engine messages up to this number have arrived.</summary>
    SystemReceived = 7,

    Heartbeat = 8,

    HeartbeatAnswer = 9,
}
