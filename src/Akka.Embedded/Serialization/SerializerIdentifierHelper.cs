using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

public static class SerializerIdentifierHelper
{
    internal const string Setting = "akka.actor.serialization-identifiers";

    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        foreach (var (name, value) in system.Settings.Config.GetConfig(Setting).AsEnumerable())
        {
            if (TypeManifest.Of(type) == name || type.FullName == name.Split(',', 2)[0].Trim())
                return value.GetInt();
        }

        throw new ConfigurationException($"{Setting} has no number for the serializer \"{TypeManifest.Of(type)}\".");
    }
}
