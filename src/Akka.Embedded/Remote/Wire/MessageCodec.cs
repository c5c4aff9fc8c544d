using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>Messages to actors, several to a frame.</summary>
internal static class MessageCodec
{
    internal static void Write(FrameWriter writer, RefWriter refs, Outgoing outgoing)
    {
        refs.Write(writer, outgoing.Recipient);
        refs.Write(writer, outgoing.Sender);
        writer.Int32(outgoing.SerializerId);
        writer.Text(outgoing.Manifest);
        writer.Bytes(outgoing.Payload);
    }

    /// <summary>A message that cannot be read is logged and lost; those after it are not.</summary>
    internal static void DeliverAll(ref FrameReader reader, RefReader refs, Remoting remoting)
    {
        while (!reader.AtEnd)
        {
            var recipient = refs.Read(ref reader) ?? remoting.System.DeadLetters;
            var isForHere = recipient is ActorRefBase { IsLocal: true };
            var sender = refs.Read(ref reader);
            var (serializerId, manifest) = (reader.Int32(), reader.Text());
            var payload = reader.Bytes().ToArray();
            if (!isForHere)
            {
                // To pass it on would let any node reach through this one wherever this one can.
                var path = Notices.Quote(recipient.Path.ToString());
                remoting.Notices.Warn(Notice.Unreadable, $"A message to {path} is not for this node.");
                continue;
            }

            try
            {
                recipient.Tell(remoting.System.Serialization.Deserialize(payload, serializerId, manifest), sender);
            }
            catch (Exception failure)
            {
                remoting.Notices.Warn(
                    Notice.Unreadable,
                    $"A message to {recipient} (serializer {serializerId}, manifest '{Notices.Quote(manifest)}') "
                    + $"cannot be read: {Notices.Quote(failure.Message)}");
            }
        }
    }
}
