namespace Akka.Actor;

/// <summary>No answer came within the timeout of an Ask.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message)
    {
    }
}
