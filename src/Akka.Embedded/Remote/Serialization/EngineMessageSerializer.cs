using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>The engine's own messages that users send: they may carry a user's message inside.</summary>
internal sealed class EngineMessageSerializer : SerializerWithStringManifest
{
    public EngineMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        PoisonPill => "P",
        Kill => "K",
        Done => "D",
        Identify => "I",
        ActorIdentity => "A",
        ActorSelectionMessage => "Q",
        Status.Success => "O",
        Status.Failure => "F",
        _ => throw new ArgumentException($"{o.GetType()} is no message of the engine that can be sent.", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new FrameWriter();
        switch (obj)
        {
            case Identify identify:
                WriteInner(writer, identify.MessageId);
                break;
            case ActorIdentity identity:
                WriteInner(writer, identity.MessageId);
                writer.Text(Akka.Serialization.Serialization.SerializedActorPath(identity.Subject));
                break;
            case ActorSelectionMessage selection:
                WriteInner(writer, selection.Message);
                writer.Byte(selection.WildCardFanOut ? (byte)1 : (byte)0);
                writer.Text(string.Join('/', selection.Elements.AsEnumerable()));
                break;
            case Status.Success success:
                WriteInner(writer, success.Status);
                break;
            case Status.Failure failure:
                writer.Text($"{failure.Cause.GetType().Name}: {failure.Cause.Message}");
                break;
            default:
                break;
        }

        return writer.Written.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new FrameReader(bytes);
        switch (manifest)
        {
            case "P": return PoisonPill.Instance;
            case "K": return Kill.Instance;
            case "D": return Done.Instance;
            case "I": return new Identify(ReadInner(ref reader));
            case "A": return new ActorIdentity(ReadInner(ref reader), ReadRef(ref reader));
            case "Q": return ReadSelection(ref reader);
            case "O": return new Status.Success(ReadInner(ref reader)!);
            case "F": return new Status.Failure(new RemoteFailureException(reader.Text()));
            default: throw new SerializationException($"'{manifest}' is no manifest of the engine's messages.");
        }
    }

    private ActorSelectionMessage ReadSelection(ref FrameReader reader)
    {
        var message = ReadInner(ref reader)!;
        var fanOut = reader.Byte() != 0;
        return new ActorSelectionMessage(message, SelectionFactory.Steps(reader.Text().Split('/')), fanOut);
    }

    private IActorRef? ReadRef(ref FrameReader reader)
    {
        var path = reader.Text();
        return path.Length == 0 ? null : system.Provider.ResolveActorRef(path);
    }

    private void WriteInner(FrameWriter writer, object? inner)
    {
        var serializer = system.Serialization.FindSerializerFor(inner!);
        writer.Int32(serializer.Identifier);
        writer.Text(inner is null ? "" : Akka.Serialization.Serialization.ManifestFor(serializer, inner));
        writer.Bytes(serializer.ToBinary(inner!));
    }

    private object? ReadInner(ref FrameReader reader)
    {
        var (serializerId, manifest) = (reader.Int32(), reader.Text());
        return system.Serialization.Deserialize(reader.Bytes().ToArray(), serializerId, manifest);
    }
}

/// <summary>A failure on another node, in its words: exceptions themselves do not travel.</summary>
internal sealed class RemoteFailureException(string message) : AkkaException(message);
