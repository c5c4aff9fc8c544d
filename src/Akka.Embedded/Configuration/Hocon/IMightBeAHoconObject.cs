namespace Akka.Configuration.Hocon;

/// <summary>What may turn out to be an object once substitutions are resolved.</summary>
public interface IMightBeAHoconObject
{
    bool IsObject();
    HoconObject? GetObject();
}
