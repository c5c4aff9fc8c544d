namespace Akka.Actor;

/// <summary>Nothing arrived for as long as <c>SetReceiveTimeout</c> said.</summary>
public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();
}
