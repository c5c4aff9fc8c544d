using System.Text;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Agent.Agents;

/// <summary>What the agent wants to know of a task after a restart: whose resources it uses, and which.</summary>
internal readonly record struct TaskManifest(string Role, ResourceSet Resources)
{
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{Role}\n{Resources}");

    /// <summary>The reverse. The record that it stands in has a checksum: what is there was written so.</summary>
    public static TaskManifest Parse(ReadOnlyMemory<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes.Span).Split('\n', 2);
        return new TaskManifest(lines[0], ResourceSet.Parse(lines[1]));
    }
}
