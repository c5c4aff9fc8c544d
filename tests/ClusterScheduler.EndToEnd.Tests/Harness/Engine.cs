using Akka.Actor;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>The engine that csched was built on (docs/adr/0001).</summary>
internal static class Engine
{
    /// <summary>Akka.NET knows TLS only, and answers nobody who looks for a cluster of another name.</summary>
    public static bool ProvesSharedSecret { get; } =
        typeof(ActorSystem).Assembly.GetName().Name == "Akka.Embedded";
}
