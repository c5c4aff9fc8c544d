using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths; a part in quotes may contain dots.</summary>
internal static class HoconPath
{
    public static List<string> Split(string path)
    {
        var parts = new List<string>(4);
        var part = new StringBuilder();
        var quoted = false;
        foreach (var letter in path)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == '.' && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(letter);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    public static string Join(string path, string key)
    {
        var part = key.AsSpan().IndexOfAny(".\"") >= 0 || key.Length == 0 ? $"\"{key}\"" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }
}
