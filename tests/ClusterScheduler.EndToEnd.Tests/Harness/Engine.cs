using Akka.Actor;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>The engine that csched was built on (docs/adr/0001).</summary>
internal static class Engine
{
    /// <summary>
    /// Akka.NET proves no shared secret, answers nobody who looks for a cluster of another name, and where all messages
    /// are to be serialized it serializes its own too.
    /// </summary>
    public static bool IsEmbedded { get; } =
        typeof(ActorSystem).Assembly.GetName().Name == "Akka.Embedded";
}
