using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Sees each message to a test actor before the test does; gives the pilot for the next one.</summary>
public abstract class AutoPilot
{
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    public static KeepRunning KeepRunning => KeepRunning.Instance;

    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Ends the auto pilot.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    internal static readonly NoAutoPilot Instance = new();

    private NoAutoPilot()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>Keeps the auto pilot that gave it.</summary>
public sealed class KeepRunning : AutoPilot
{
    internal static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    public override AutoPilot Run(IActorRef sender, object message) => throw new InvalidOperationException(
        "KeepRunning stands for the pilot that gave it and is never run itself.");
}

public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

public sealed class DelegateAutoPilot : AutoPilot
{
    private readonly AutoPilotDelegate _pilot;

    public DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) => _pilot = autoPilotDelegate;

    public override AutoPilot Run(IActorRef sender, object message) => _pilot(sender, message);
}
