using System.Collections.Immutable;
using System.Text;

namespace ClusterScheduler.Core.Jobs.Templates;

/// <summary>
/// Texts with places that are filled in at each launch: <c>{{instance}}</c>, <c>{{hostname}}</c>,
/// <c>{{ports.NAME}}</c>, <c>{{job.dir}}</c>. Double braces around anything that does not begin with a letter are
/// left as they are; <c>{{{{</c> stands for two braces.
/// </summary>
public static class Template
{
    /// <summary>The number of the instance, from 0.</summary>
    public const string Instance = "instance";

    /// <summary>The host name of the agent.</summary>
    public const string Hostname = "hostname";

    /// <summary>A directory that all tasks of the file share on one machine.</summary>
    public const string JobDirectory = "job.dir";

    /// <summary>The directory of the job file, where there is one; filled in when the file is read.</summary>
    public const string FileDirectory = "file.dir";

    /// <summary>What the names of ports follow.</summary>
    public const string PortPrefix = "ports.";

    /// <summary>The names that are always known; those of ports come on top.</summary>
    public static ImmutableArray<string> Names { get; } = [Instance, Hostname, JobDirectory];

    /// <summary>The names used in a text, in its order, repeated where it repeats them.</summary>
    public static ImmutableArray<string> Uses(string text)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        Fill(text, name =>
        {
            names.Add(name);
            return "";
        }, "{{");
        return names.ToImmutable();
    }

    /// <summary>The text with one name filled in and every other place left for later.</summary>
    public static string ReplaceOnly(string text, string name, string value) =>
        text.Contains("{{", StringComparison.Ordinal)
            ? Fill(text, found => found == name ? value.Replace("{{", "{{{{", StringComparison.Ordinal)
                : Written(found), "{{{{")
            : text;

    /// <summary>The text with one name filled in for good: four braces become two. A name that nothing replaced stays
    /// as written; the rules of the file have refused it before.</summary>
    public static string ReplaceLast(string text, string name, string value) =>
        text.Contains("{{", StringComparison.Ordinal)
            ? Fill(text, found => found == name ? value : Written(found), "{{")
            : text;

    private static string Written(string name) => "{{" + name + "}}";

    private static string Fill(string text, Func<string, string> valueOf, string braces)
    {
        var filled = new StringBuilder(text.Length + 32);
        var at = 0;
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            filled.Append(text, at, open - at);
            at = open + 2;
            if (string.CompareOrdinal(text, at, "{{", 0, 2) == 0)
            {
                filled.Append(braces);
                at += 2;
            }
            else if (NameAt(text, at) is (var name, > 0 and var end))
            {
                filled.Append(valueOf(name));
                at = end;
            }
            else
            {
                filled.Append("{{");
            }
        }

        return filled.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>
    /// The name that begins here and where the text goes on behind its braces; 0 when there is none.
    /// </summary>
    private static (string Name, int End) NameAt(string text, int at)
    {
        var close = text.IndexOf("}}", at, StringComparison.Ordinal);
        var name = close < 0 ? "" : text[at..close].Trim(' ');
        var valid = name.Length > 0 && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '[' or ']');
        return valid ? (name, close + 2) : ("", 0);
    }
}
