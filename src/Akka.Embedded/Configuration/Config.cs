using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A tree of settings, read by dotted path. It may stand over a fallback, whose settings are seen where it has none
/// itself. Reading never changes it. Settings that are missing give the default of the call; settings that are there
/// but have the wrong form are a <see cref="ConfigurationException"/> that names the path.
/// </summary>
public class Config
{
    public static readonly Config Empty = ConfigurationFactory.Empty;

    private readonly HoconValue _own;

    public Config() : this(new HoconRoot(HoconValue.Of(new HoconObject())))
    {
    }

    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _own = Root = root.Value;
        Substitutions = root.Substitutions;
    }

    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        _own = source._own;
        Root = source.Root;
        Substitutions = source.Substitutions;
        Fallback = fallback;
    }

    private Config(Config source, Config fallback, HoconValue merged) : this(source, fallback) => Root = merged;

    public Config? Fallback { get; }

    public virtual bool IsEmpty => Root.IsEmpty;

    /// <summary>The settings together with those of the fallbacks.</summary>
    public HoconValue Root { get; }

    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    protected Config Copy(Config? fallback = null) => new(this, Fallback?.Copy(fallback) ?? fallback);

    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>What stands at the path, or null.</summary>
    public HoconValue GetValue(string path) => Find(path)!;

    /// <summary>The settings below the path, or null when there are none.</summary>
    public virtual Config GetConfig(string path) => Find(path) is { } value ? new Config(new HoconRoot(value)) : null!;

    public virtual string GetString(string path, string? @default = null) =>
        Find(path) is { } value ? value.GetString()! : @default!;

    public virtual bool GetBoolean(string path, bool @default = false) =>
        Read(path, @default, static value => value.GetBoolean());

    public virtual int GetInt(string path, int @default = 0) => Read(path, @default, static value => value.GetInt());

    public virtual long GetLong(string path, long @default = 0) =>
        Read(path, @default, static value => value.GetLong());

    public virtual float GetFloat(string path, float @default = 0) =>
        Read(path, @default, static value => value.GetFloat());

    public virtual double GetDouble(string path, double @default = 0) =>
        Read(path, @default, static value => value.GetDouble());

    public virtual decimal GetDecimal(string path, decimal @default = 0) =>
        Read(path, @default, static value => value.GetDecimal());

    /// <summary>A size in bytes (<c>64KiB</c>); null when it is missing.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def = null) =>
        Read(path, def, static value => value.GetByteSize());

    /// <summary>A duration (<c>500ms</c>, <c>10s</c>); <c>infinite</c> gives <see cref="Timeout.InfiniteTimeSpan"/>.
    /// </summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        var otherwise = @default.GetValueOrDefault();
        return allowInfinite
            ? Read(path, otherwise, static value => value.GetTimeSpan())
            : Read(path, otherwise, static value => value.GetTimeSpan(allowInfinite: false));
    }

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Read(path, defaultPaths, static value => value.GetStringList());

    public virtual IList<bool> GetBooleanList(string path) => Read(path, [], static value => value.GetBooleanList());

    public virtual IList<byte> GetByteList(string path) => Read(path, [], static value => value.GetByteList());

    public virtual IList<int> GetIntList(string path) => Read(path, [], static value => value.GetIntList());

    public virtual IList<long> GetLongList(string path) => Read(path, [], static value => value.GetLongList());

    public virtual IList<float> GetFloatList(string path) => Read(path, [], static value => value.GetFloatList());

    public virtual IList<double> GetDoubleList(string path) => Read(path, [], static value => value.GetDoubleList());

    public virtual IList<decimal> GetDecimalList(string path) => Read(path, [], static value => value.GetDecimalList());

    /// <summary>This configuration with another below it: settings of this one win, objects merge.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this))
        {
            throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        }

        if (fallback is null || fallback.IsEmpty)
        {
            return this;
        }

        if (IsEmpty)
        {
            return fallback;
        }

        var below = fallback.Root.GetObject();
        var above = Root.GetObject();
        var merged = below is null || above is null ? Root : HoconValue.Of(below.OverlaidBy(above));
        return new Config(this, Fallback?.WithFallback(fallback) ?? fallback, merged);
    }

    /// <summary>The outermost keys with their values, those of the fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject()?.Items ?? [];

    /// <summary>The settings without those of the fallbacks, as HOCON.</summary>
    public override string ToString() => _own.ToString();

    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    public static Config operator +(Config config, string fallback)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.WithFallback(ConfigurationFactory.ParseString(fallback));
    }

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        HoconValue? found = Root;
        foreach (var key in HoconPath.Split(path))
        {
            found = found?.GetChildObject(key);
        }

        return found;
    }

    private T Read<T>(string path, T @default, Func<HoconValue, T> read)
    {
        if (Find(path) is not { } value)
        {
            return @default;
        }

        try
        {
            return read(value);
        }
        catch (FormatException wrong)
        {
            throw new ConfigurationException($"{path}: {wrong.Message}", wrong);
        }
    }
}
