namespace Akka.Configuration;

/// <summary>Settings tree. This first form holds nothing: every read gives the default.</summary>
public class Config
{
    public static readonly Config Empty = new();

    public virtual bool IsEmpty => true;

    public virtual bool HasPath(string path) => false;

    public virtual string GetString(string path, string @default = null!) => @default;

    public virtual int GetInt(string path, int @default = 0) => @default;

    public virtual long GetLong(string path, long @default = 0) => @default;

    public virtual double GetDouble(string path, double @default = 0) => @default;

    public virtual bool GetBoolean(string path, bool @default = false) => @default;

    public virtual long? GetByteSize(string path, long? def = null) => def;

    public virtual IList<string> GetStringList(string path) => [];

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        @default ?? TimeSpan.Zero;

    public virtual Config GetConfig(string path) => Empty;

    public virtual Config WithFallback(Config fallback) => this;
}

public class ConfigurationFactory
{
    public static Config Empty => Config.Empty;

    public static Config ParseString(string hocon) => Config.Empty;

    public static Config Default() => Config.Empty;
}
