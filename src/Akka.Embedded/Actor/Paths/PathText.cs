using System.Globalization;
using System.Text;

namespace Akka.Actor;

/// <summary>Writes a path as text: address, elements, and <c>#uid</c> where asked for.</summary>
internal static class PathText
{
    internal static string Write(ActorPath path, Address? address, bool withUid)
    {
        var text = new StringBuilder(address is null ? "" : address.ToString());
        if (path.Depth == 0)
            text.Append('/');
        else
            AppendElements(text, path);
        if (withUid && path.Uid != 0)
            text.Append('#').Append(path.Uid.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static void AppendElements(StringBuilder text, ActorPath path)
    {
        if (path.Depth > 1)
            AppendElements(text, path.Parent);
        text.Append('/').Append(path.Name);
    }
}
