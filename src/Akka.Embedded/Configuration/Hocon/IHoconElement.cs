namespace Akka.Configuration.Hocon;

/// <summary>One piece of a HOCON value: text, a list, an object or a substitution.</summary>
public interface IHoconElement
{
    bool IsString();
    string? GetString();
    bool IsArray();
    IList<HoconValue> GetArray();
}
