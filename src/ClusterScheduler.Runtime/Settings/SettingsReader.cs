using System.Globalization;
using Akka.Configuration;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>
/// Reads one section of the settings into a record, once, at the edge. What is wrong is gathered and thrown together
/// by <see cref="Done"/>, each with its path, where it was written and what would be right.
/// </summary>
public sealed class SettingsReader
{
    private readonly LoadedSettings _loaded;
    private readonly string _section;
    private readonly List<SettingProblem> _problems;
    private readonly Dictionary<string, string> _ranges;

    private SettingsReader(
        LoadedSettings loaded, string section, List<SettingProblem> problems, Dictionary<string, string> ranges)
    {
        _loaded = loaded;
        _section = section;
        _problems = problems;
        _ranges = ranges;
    }

    /// <summary>Each key that was read, with its range as <c>hocon/reference.conf</c> is to state it.</summary>
    public IReadOnlyDictionary<string, string> Ranges => _ranges;

    public static SettingsReader Of(LoadedSettings loaded) =>
        new(loaded, SettingsLoader.ProductSection, [], new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The reader of a section below this one; it shares what was found wrong.</summary>
    public SettingsReader Section(string name) => new(_loaded, $"{_section}.{name}", _problems, _ranges);

    public TimeSpan Duration(string key, TimeSpan min, TimeSpan max)
    {
        var range = $"{SettingText.Of(min)} .. {SettingText.Of(max)}";
        return Within(key, range, "a duration such as 500ms, 10s or 5m", min, max,
            (config, path) => config.GetTimeSpan(path, null, allowInfinite: false));
    }

    public int Count(string key, int min, int max) =>
        Within(key, FormattableString.Invariant($"{min} .. {max}"), "a whole number", min, max,
            (config, path) => int.Parse(
                config.GetString(path) ?? "", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    public double Number(string key, double min, double max) =>
        Within(key, FormattableString.Invariant($"{min} .. {max}"), "a number", min, max,
            (config, path) => double.Parse(config.GetString(path) ?? "", CultureInfo.InvariantCulture));

    /// <summary>A size in bytes.</summary>
    public long Bytes(string key, long min, long max)
    {
        var range = $"{SettingText.OfBytes(min)} .. {SettingText.OfBytes(max)}";
        return Within(key, range, "a size such as 64KiB or 16MiB", min, max,
            (config, path) => config.GetByteSize(path, null) ?? throw new FormatException());
    }

    public bool Switch(string key)
    {
        var path = Note(key, "true | false");
        var text = _loaded.Config.GetString(path) ?? "";
        if (text is not ("true" or "on" or "yes" or "false" or "off" or "no"))
        {
            Wrong(path, $"'{text}' is neither true nor false");
        }

        return text is "true" or "on" or "yes";
    }

    /// <summary>Any text of limited length.</summary>
    public string Text(string key, int lengthMax)
    {
        var path = Note(key, FormattableString.Invariant($"0 .. {lengthMax} characters"));
        var text = _loaded.Config.GetString(path) ?? "";
        if (text.Length > lengthMax)
        {
            Wrong(path, $"it has {text.Length} characters; at most {lengthMax} are allowed");
        }

        return text;
    }

    /// <summary>One of a few words.</summary>
    public string OneOf(string key, params string[] words)
    {
        var path = Note(key, string.Join(" | ", words));
        var text = _loaded.Config.GetString(path) ?? "";
        if (!words.Contains(text))
        {
            Wrong(path, $"'{text}' is none of {string.Join(", ", words)}");
            return words[0];
        }

        return text;
    }

    /// <summary>Refuses a value that is allowed alone but not beside another.</summary>
    public void Refuse(string key, string message) => Wrong($"{_section}.{key}", message);

    /// <exception cref="SettingsException">Everything that was wrong with what was read.</exception>
    public void Done()
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException([.. _problems]);
        }
    }

    private T Within<T>(string key, string range, string form, T min, T max, Func<Config, string, T> read)
        where T : IComparable<T>
    {
        var path = Note(key, range);
        try
        {
            var value = read(_loaded.Config, path);
            if (value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0)
            {
                return value;
            }

            Wrong(path, $"{Written(path)} is outside its range {range}");
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ConfigurationException
            or InvalidCastException)
        {
            Wrong(path, $"{Written(path)} is not {form}, within {range}");
        }

        return min;
    }

    private string Written(string path) =>
        _loaded.Config.GetString(path) is { } text ? $"'{text}'" : "a list or an object";

    private string Note(string key, string range)
    {
        var path = $"{_section}.{key}";
        _ranges[path] = range;
        return path;
    }

    private void Wrong(string path, string message) =>
        _problems.Add(new SettingProblem(_loaded.Origins.GetValueOrDefault(path), $"{path}: {message}"));
}
