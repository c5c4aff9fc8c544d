namespace Akka.Actor;

/// <summary>The stash already holds as many messages as its capacity allows.</summary>
public class StashOverflowException : AkkaException
{
    public StashOverflowException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
