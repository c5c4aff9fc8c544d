using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote.Wire;

/// <summary>The engine messages that go between nodes: watch, unwatch, the news of an end, stop.</summary>
internal static class SystemMessageCodec
{
    private const byte WatchKind = 1;
    private const byte UnwatchKind = 2;
    private const byte GoneKind = 3;
    private const byte StopKind = 4;

    internal static bool IsKnown(SystemMessage message) =>
        message is Watch or Unwatch or DeathWatchNotification or Terminate;

    internal static void Write(FrameWriter writer, OutgoingSystem outgoing)
    {
        writer.Begin(FrameKind.System);
        writer.Int64(outgoing.Number);
        writer.Text(PathOf(outgoing.Recipient));
        switch (outgoing.Message)
        {
            case Watch watch:
                writer.Byte(WatchKind);
                writer.Text(PathOf(watch.Watcher));
                break;
            case Unwatch unwatch:
                writer.Byte(UnwatchKind);
                writer.Text(PathOf(unwatch.Watcher));
                break;
            case DeathWatchNotification gone:
                writer.Byte(GoneKind);
                writer.Text(PathOf(gone.Actor));
                writer.Byte(gone.ExistenceConfirmed ? (byte)1 : (byte)0);
                writer.Byte(gone.AddressTerminated ? (byte)1 : (byte)0);
                break;
            default:
                writer.Byte(StopKind);
                break;
        }

        writer.End();
    }

    /// <summary>Reads what follows the number, and delivers it.</summary>
    internal static void Deliver(ref FrameReader reader, Remoting remoting)
    {
        var recipient = Resolve(remoting, reader.Text());
        if (!recipient.IsLocal)
            throw new WireException($"An engine message to {Notices.Quote(recipient.Path.ToString())} came here.");
        var kind = reader.Byte();
        switch (kind)
        {
            case WatchKind:
                var watcher = Resolve(remoting, reader.Text());
                remoting.WatchesFromOutside.Add(recipient, watcher);
                recipient.SendSystem(new Watch(recipient, watcher));
                break;
            case UnwatchKind:
                var former = Resolve(remoting, reader.Text());
                remoting.WatchesFromOutside.Remove(recipient, former);
                recipient.SendSystem(new Unwatch(recipient, former));
                break;
            case GoneKind:
                var ended = remoting.Watches.Take(Resolve(remoting, reader.Text()), recipient);
                recipient.SendSystem(new DeathWatchNotification(ended, reader.Byte() != 0, reader.Byte() != 0));
                break;
            case StopKind:
                recipient.Stop();
                break;
            default:
                throw new WireException($"{kind} is no engine message.");
        }
    }

    private static string PathOf(ActorRefBase actor) => Akka.Serialization.Serialization.SerializedActorPath(actor);

    private static ActorRefBase Resolve(Remoting remoting, string path) =>
        ActorRefBase.Of(remoting.System.Provider.ResolveActorRef(path));
}
