using System.Threading.Channels;
using Akka.Actor;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>Hands everything that it is told to a test, which awaits what it needs.</summary>
internal sealed class Listener : ReceiveActor
{
    public Listener(ChannelWriter<object> heard) => ReceiveAny(message => heard.TryWrite(message));
}
