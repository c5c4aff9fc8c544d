using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>A message on its way to another node, already in bytes.</summary>
internal readonly record struct Outgoing(
    IActorRef Recipient, IActorRef? Sender, int SerializerId, string Manifest, byte[] Payload);

/// <summary>An engine message on its way, kept until the other end has confirmed it.</summary>
internal sealed record OutgoingSystem(long Number, ActorRefBase Recipient, SystemMessage Message);
