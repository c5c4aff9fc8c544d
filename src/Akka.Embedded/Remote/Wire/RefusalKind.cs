namespace Akka.Remote.Wire;

/// <summary>Why two nodes do not talk to each other. The numbers are on the wire and stay.</summary>
internal enum RefusalKind
{
    None = 0,
    OtherVersion = 1,
    WrongSecret = 2,

    /// <summary>The node there is of another actor system.</summary>
    OtherSystem = 3,

    /// <summary>The node there is known by another host name or port.</summary>
    OtherAddress = 4,

    /// <summary>This run of the node was given up.</summary>
    GivenUp = 5,

    /// <summary>Another run answers at the address that the node says it has.</summary>
    AddressTaken = 6,
}

/// <summary>What the node hears that is not talked to.</summary>
internal readonly record struct Refusal(RefusalKind Kind, string Text);
