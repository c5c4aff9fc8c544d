namespace Akka.Actor;

/// <summary>The scheduler was used after its actor system ended.</summary>
public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string message)
        : base(message)
    {
    }
}
