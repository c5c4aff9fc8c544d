using Akka.Actor;
using Akka.Configuration;

namespace ClusterScheduler.Benchmarks.Engine;

internal static class EngineSystem
{
    /// <summary>A quiet system with default settings.</summary>
    internal static ActorSystem Start() => ActorSystem.Create(
        "benchmark", ConfigurationFactory.ParseString("akka.loglevel = ERROR, akka.log-dead-letters = off"));
}
