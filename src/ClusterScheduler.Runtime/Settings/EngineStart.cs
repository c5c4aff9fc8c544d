using System.Reflection;
using System.Security.Cryptography;
using Akka.Configuration;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>
/// Starts the engine. What is wrong with its settings (<c>akka…</c>) it says only when it starts, each engine in
/// exceptions of its own: to the user it is a mistake in the settings as any other.
/// </summary>
public static class EngineStart
{
    private const string Section = "akka.";
    private const string Certificate = "akka.remote.dot-netty.tcp.ssl.certificate.path";

    /// <summary>Starts an actor system.</summary>
    /// <param name="loaded">What the user said.</param>
    /// <param name="name">Of the actor system.</param>
    /// <param name="config">What the user said, above all that the program adds.</param>
    /// <exception cref="SettingsException">The engine cannot use what the user said.</exception>
    public static ActorSystem StartSystem(this LoadedSettings loaded, string name, Config config)
    {
        try
        {
            return ActorSystem.Create(name, config);
        }
        catch (Exception failure) when (Mistake(loaded, failure) is { } mistake)
        {
            throw new SettingsException([mistake]);
        }
    }

    /// <summary>Null: it is none of the user's.</summary>
    private static SettingProblem? Mistake(LoadedSettings loaded, Exception failure)
    {
        var cause = failure;
        while (cause is AggregateException or TargetInvocationException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        var said = loaded.Origins.Keys.Where(static path => path.StartsWith(Section, StringComparison.Ordinal))
            .OrderBy(static path => path, StringComparer.Ordinal).ToList();
        if (said.Count == 0)
        {
            return null;
        }

        return cause switch
        {
            CryptographicException => new SettingProblem(
                At(Certificate),
                $"{Certificate}: '{loaded.Config.GetString(Certificate)}' cannot be used: "
                + $"{cause.Message.TrimEnd('.')}. It must be a PKCS #12 file (.pfx) with the certificate "
                + "and the private key of this node, and "
                + "certificate.password beside it its password"),
            ConfigurationException => Named(said, cause.Message) is { } named
                ? new SettingProblem(
                    At(named), cause.Message.Contains(Section, StringComparison.Ordinal)
                        ? cause.Message
                        : $"{named}: {cause.Message}")
                : new SettingProblem(null, cause.Message),
            FormatException or NotSupportedException or ArgumentException or InvalidCastException => new SettingProblem(
                said.Count == 1 ? At(said[0]) : null,
                $"the engine cannot use its settings: {cause.Message.TrimEnd('.')}. Those that are not the defaults: "
                + string.Join(", ", said.Select(path => $"{path} ({At(path)})"))),
            _ => null,
        };

        SettingPosition? At(string? path) => path is null ? null : loaded.Origins.GetValueOrDefault(path);
    }

    /// <summary>Of what the user said, that which a message names most fully: by its whole path, by the end of it, or
    /// by the section that it stands in.</summary>
    private static string? Named(IEnumerable<string> said, string message)
    {
        return said.Select(path => (Path: path, Length: Length(path))).Where(static each => each.Length > 0)
            .MaxBy(static each => each.Length).Path;

        int Length(string path)
        {
            var section = path[..path.LastIndexOf('.')];
            var words = path.Split('.');
            return Enumerable.Range(0, words.Length).Select(from => string.Join('.', words[from..])).Append(section)
                .Where(part => message.Contains(part, StringComparison.Ordinal))
                .Select(static part => part.Length).DefaultIfEmpty().Max();
        }
    }
}
