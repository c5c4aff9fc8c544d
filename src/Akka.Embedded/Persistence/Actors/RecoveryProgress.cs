using Akka.Actor;

namespace Akka.Persistence;

/// <summary>What a persistent actor keeps only while it recovers.</summary>
internal sealed class RecoveryProgress(Recovery recovery)
{
    public Recovery Recovery { get; } = recovery;

    /// <summary>Reminds the actor to check whether anything has come.</summary>
    public ICancelable? Watchdog { get; set; }

    public bool SawAnything { get; set; }
}

/// <summary>The watchdog's message.</summary>
internal sealed class RecoveryTick : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
{
    public static RecoveryTick Instance { get; } = new();
}

/// <summary>Answers a request to <see cref="RecoveryPermits"/>.</summary>
internal sealed class RecoveryPermitGranted : INoSerializationVerificationNeeded
{
    public static RecoveryPermitGranted Instance { get; } = new();
}
