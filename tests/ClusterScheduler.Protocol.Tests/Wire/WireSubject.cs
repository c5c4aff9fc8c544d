using System.Text;
using Akka.Actor;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>The serializer under test, in an actor system of its own.</summary>
public sealed class WireSubject : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("golden");

    public WireSubject() => Serializer = new WireSerializer((ExtendedActorSystem)_system);

    public WireSerializer Serializer { get; }

    public ActorSystem System => _system;

    /// <summary>An actor whose path is the same in every run.</summary>
    public IActorRef Actor => _system.DeadLetters;

    public string Write(object message) => Encoding.UTF8.GetString(Serializer.ToBinary(message));

    public T Read<T>(string json, string manifest) =>
        Assert.IsType<T>(Serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));

    public void Dispose() => _system.Terminate().Wait(TimeSpan.FromSeconds(5));
}
