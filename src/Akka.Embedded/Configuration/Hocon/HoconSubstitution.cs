namespace Akka.Configuration.Hocon;

/// <summary>A reference <c>${path}</c> to another value of the same text.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    public HoconSubstitution(string path) => Path = path;

    public string Path { get; set; }

    public HoconValue? ResolvedValue { get; set; }

    /// <summary>Written as <c>${?path}</c>: without a value it stands for nothing.</summary>
    internal bool Optional { get; init; }

    internal HoconPosition Position { get; init; }

    internal bool Looking { get; set; }

    internal bool Looked { get; set; }

    public bool IsString() => ResolvedValue?.IsString() ?? false;

    public string? GetString() => ResolvedValue?.GetString();

    public bool IsArray() => ResolvedValue?.IsArray() ?? false;

    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    public bool IsObject() => ResolvedValue?.IsObject() ?? false;

    public HoconObject? GetObject() => ResolvedValue?.GetObject();

    public override string ToString() => Optional ? $"${{?{Path}}}" : $"${{{Path}}}";
}
