using Akka.Actor;
using Akka.Configuration;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Benchmarks.Engine;

internal static class EngineSystem
{
    /// <summary>A quiet system with default settings.</summary>
    internal static ActorSystem Start(string settings = "") => ActorSystem.Create(
        "benchmark",
        ConfigurationFactory.ParseString($"akka.loglevel = ERROR, akka.log-dead-letters = off\n{settings}")
            .WithFallback(WireSettings.Config));
}
