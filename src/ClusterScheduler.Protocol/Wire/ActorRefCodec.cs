using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// An actor as its full path with address and uid, so that a later actor of the same name is another one.
/// </summary>
internal sealed class ActorRefCodec(ExtendedActorSystem system) : WireCodec<IActorRef>
{
    public override string Name => "actor";

    public override void Write(Utf8JsonWriter writer, IActorRef value) =>
        writer.WriteStringValue(Akka.Serialization.Serialization.SerializedActorPath(value));

    public override IActorRef Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? system.Provider.ResolveActorRef(reader.GetString()!)
        : throw Expected(Name, ref reader);
}
