using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The <see cref="Information"/> of this thread.</summary>
internal static class TransportInformation
{
    [ThreadStatic]
    private static Information? s_current;

    internal static Information? Current => s_current;

    internal static T With<T>(ExtendedActorSystem system, Address address, Func<T> action)
    {
        var outer = s_current;
        s_current = new Information(address, system);
        try
        {
            return action();
        }
        finally
        {
            s_current = outer;
        }
    }

    /// <summary>For hot paths: the one who sets it puts the old one back.</summary>
    internal static Information? Exchange(Information? information)
    {
        var outer = s_current;
        s_current = information;
        return outer;
    }
}
