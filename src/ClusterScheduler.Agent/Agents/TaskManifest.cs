using System.Globalization;
using System.Text;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Agent.Agents;

/// <summary>
/// What the agent wants to know of a task after a restart: whose resources it uses, which, and how soon it goes when
/// tasks have to.
/// </summary>
internal readonly record struct TaskManifest(string Role, ResourceSet Resources, int Priority)
{
    /// <summary>Role and, unless it is 0, priority in the first line: a role has no spaces.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Priority == 0
        ? $"{Role}\n{Resources}"
        : string.Create(CultureInfo.InvariantCulture, $"{Role} {Priority}\n{Resources}"));

    /// <summary>The reverse. The record that it stands in has a checksum: what is there was written so.</summary>
    public static TaskManifest Parse(ReadOnlyMemory<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes.Span).Split('\n', 2);
        var first = lines[0].Split(' ', 2);
        return new TaskManifest(first[0], ResourceSet.Parse(lines[1]),
            first.Length == 2 ? int.Parse(first[1], CultureInfo.InvariantCulture) : 0);
    }
}
