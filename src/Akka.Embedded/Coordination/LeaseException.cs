namespace Akka.Coordination;

/// <summary>It is unknown whether a lease is held.</summary>
public class LeaseException : Exception
{
    public LeaseException(string message) : base(message)
    {
    }

    public LeaseException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There was no answer within <c>lease-operation-timeout</c>.</summary>
public sealed class LeaseTimeoutException : LeaseException
{
    public LeaseTimeoutException(string message) : base(message)
    {
    }

    public LeaseTimeoutException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
