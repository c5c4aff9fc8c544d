using System.Text;

namespace ClusterScheduler.Simulation.Agents;

/// <summary>What an agent writes beside a task: its role, and on the next line its resources.</summary>
internal static class MachineManifest
{
    public static ResourceSet Read(ReadOnlyMemory<byte> manifest) =>
        ResourceSet.Parse(Encoding.UTF8.GetString(manifest.Span).Split('\n', 2)[1]);
}
