using System.Text;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>
/// The product's way to its settings. The engine's HOCON knows neither files nor the environment; this does: includes
/// relative to the file that names them, positions in every message, keys that do not exist refused with the nearest
/// one that does.
/// </summary>
public sealed class SettingsLoader
{
    private const string ReferenceName = "ClusterScheduler.reference.conf";
    private const string EnvironmentPrefix = "CSCHED_";
    private const int IncludeDepthMax = 16;
    private const long FileBytesMax = 1024 * 1024;

    /// <summary>Variables that are no settings: where to find things.</summary>
    private static readonly string[] ReservedVariables =
        ["CSCHED_CONFIG", "CSCHED_DATA", "CSCHED_GATEWAY", "CSCHED_TOKEN_FILE", "CSCHED_CA_FILE"];

    private readonly Dictionary<string, SettingPosition> _origins = new(StringComparer.Ordinal);
    private readonly List<SettingProblem> _problems = [];

    /// <exception cref="SettingsException">Everything that is wrong with the sources.</exception>
    public static LoadedSettings Load(SettingsSources sources) => new SettingsLoader().Merge(sources);

    /// <summary>The text of <c>hocon/reference.conf</c>.</summary>
    public static string ReferenceText()
    {
        using var stream = typeof(SettingsLoader).Assembly.GetManifestResourceStream(ReferenceName)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {ReferenceName}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Every key of the product, in the order of the reference.</summary>
    public static IReadOnlyList<string> KnownKeys()
    {
        var keys = new List<string>();
        HoconKeys.Scan("reference.conf", ReferenceText(), "", (path, _) => keys.Add(path), (_, _, _) => { });
        return [.. keys.Where(IsProduct)];
    }

    /// <summary>The environment variable that sets a key.</summary>
    public static string VariableOf(string path) =>
        EnvironmentPrefix + path[(ProductSection.Length + 1)..].Replace('.', '_').Replace('-', '_').ToUpperInvariant();

    internal const string ProductSection = "cluster-scheduler";

    private LoadedSettings Merge(SettingsSources sources)
    {
        var known = KnownKeys();
        var merged = ConfigurationFactory.ParseString(ReferenceText());
        if (sources.Profile.Length > 0)
        {
            merged = ConfigurationFactory.ParseString(sources.Profile).WithFallback(merged);
        }

        if (sources.File is { } file)
        {
            merged = OfFile(file).WithFallback(merged);
        }

        var overrides = new StringBuilder();
        FromEnvironment(sources.Environment, known, overrides);
        foreach (var setting in sources.CommandLine)
        {
            Override(overrides, setting.Path, setting.Value, new SettingPosition(setting.Option, 0, 0));
        }

        if (overrides.Length > 0)
        {
            merged = ConfigurationFactory.ParseString(overrides.ToString()).WithFallback(merged);
        }

        RefuseUnknown(known);
        return _problems.Count == 0
            ? new LoadedSettings(merged, _origins)
            : throw new SettingsException(_problems);
    }

    private Config OfFile(string file)
    {
        var text = Read(file, null);
        Scan(file, text, "", [Path.GetFullPath(file)]);
        try
        {
            return ConfigurationFactory.ParseString(text, name => Parsed(Beside(file, name)));
        }
        catch (ConfigurationException wrong)
        {
            throw new SettingsException(new SettingPosition(file, 0, 0), wrong.Message);
        }
    }

    private static HoconRoot Parsed(string file) =>
        Parser.Parse(Read(file, null), name => Parsed(Beside(file, name)));

    /// <summary>Notes the keys of a file and of what it includes; refuses circles.</summary>
    private void Scan(string file, string text, string prefix, IReadOnlyList<string> opened) =>
        HoconKeys.Scan(file, text, prefix, (path, at) => _origins[path] = at, (path, name, at) =>
        {
            var included = Beside(file, name);
            var full = Path.GetFullPath(included);
            if (opened.Contains(full) || opened.Count >= IncludeDepthMax)
            {
                throw new SettingsException(at, opened.Contains(full)
                    ? $"'{name}' includes itself, directly or through others"
                    : $"includes are nested deeper than {IncludeDepthMax}");
            }

            Scan(included, Read(included, at), path, [.. opened, full]);
        });

    private static string Beside(string file, string name) =>
        Path.Combine(Path.GetDirectoryName(file) ?? "", name);

    private static string Read(string file, SettingPosition? includedAt)
    {
        try
        {
            var length = new FileInfo(file).Length;
            return length <= FileBytesMax
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(file))
                : throw new SettingsException(includedAt, $"'{file}' has {length} bytes; the most is {FileBytesMax}");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new SettingsException(includedAt, $"settings cannot be read from '{file}': {Why(file, wrong)}");
        }
    }

    private static string Why(string file, Exception wrong) => wrong switch
    {
        _ when Directory.Exists(file) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "this user may not read it",
        DecoderFallbackException => "it is not UTF-8",
        _ => wrong.Message,
    };

    private void FromEnvironment(
        IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> known, StringBuilder overrides)
    {
        var paths = known.ToDictionary(VariableOf, path => path, StringComparer.Ordinal);
        foreach (var (variable, value) in environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!variable.StartsWith(EnvironmentPrefix, StringComparison.Ordinal)
                || ReservedVariables.Contains(variable))
            {
                continue;
            }

            var at = new SettingPosition($"environment variable {variable}", 0, 0);
            if (paths.TryGetValue(variable, out var path))
            {
                Override(overrides, path, value, at);
            }
            else
            {
                var nearest = NearestWord.Find(variable, paths.Keys.Concat(ReservedVariables));
                _problems.Add(new SettingProblem(at, $"it sets no key that exists{Hint(nearest)}"));
            }
        }
    }

    private void Override(StringBuilder overrides, string path, string value, SettingPosition at)
    {
        var quoted = value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        overrides.Append(path).Append(" = \"").Append(quoted).Append("\"\n");
        _origins[path] = at;
    }

    private void RefuseUnknown(IReadOnlyList<string> known)
    {
        var keys = known.ToHashSet(StringComparer.Ordinal);
        foreach (var (path, at) in _origins.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (IsProduct(path) ? keys.Contains(path) : path.StartsWith("akka.", StringComparison.Ordinal))
            {
                continue;
            }

            _problems.Add(new SettingProblem(at, $"there is no key '{path}'{Hint(NearestWord.Find(path, known))}"));
        }
    }

    private static bool IsProduct(string path) => path.StartsWith(ProductSection + ".", StringComparison.Ordinal);

    private static string Hint(string? nearest) =>
        nearest is null ? "; hocon/reference.conf lists those that do" : $"; did you mean '{nearest}'?";
}
