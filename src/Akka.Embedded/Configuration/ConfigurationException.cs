using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A text that is not HOCON, or a setting that is missing or has the wrong form.</summary>
public class ConfigurationException : AkkaException
{
    public ConfigurationException(string message) : base(message)
    {
    }

    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }

    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new($"The configuration of {typeof(T).Name} is missing"
            + (string.IsNullOrWhiteSpace(path) ? "." : $": nothing is set under '{path}'."));
}
