using System.Net;
using System.Net.WebSockets;
using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Edge;

namespace ClusterScheduler.Agent.Edge;

/// <summary>
/// The cluster as an agent outside the membership sees it: master and tasks' entities in one, at the other end of one
/// outgoing connection, which is made anew for as long as the agent lives. What is said while there is none is dropped:
/// it is repeated until it is acknowledged, and what became of the tasks lies in the agent's directory meanwhile. A
/// connection carries nothing before the master at its other end is known to be the agent's: another one would take its
/// tasks for none of its own.
/// </summary>
public sealed class EdgeLinkActor : ReceiveActor, IWithTimers
{
    private readonly EdgeOptions _options;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _cluster = Context.System.Name;
    private EdgeSocket? _socket;
    private bool _isIdentified;
    private string? _givenUp;
    private IActorRef _agent = ActorRefs.Nobody;
    private int _attempt;

    public EdgeLinkActor(EdgeOptions options)
    {
        _options = options;
        Receive<Connect>(_ => Begin());
        Receive<Connected>(Connection);
        Receive<ConnectFailed>(failed => Again(failed.Host, failed.Why, failed.Refusal));
        Receive<Identify>(_ => _socket?.Send(
            new EdgeFrame(0, new MasterProtocol.IdentifyMaster()).Write(Context.System)));
        Receive<NoMaster>(_ =>
        {
            _givenUp = $"no master answered there for {_options.ConnectTimeout.TotalSeconds:0} s";
            _socket?.Complete();
        });
        Receive<Heard>(heard => Hear(heard.Host, heard.Socket, heard.Bytes));
        Receive<Ended>(ended =>
        {
            ended.Socket.Dispose();
            _socket = null;
            StopAsking();
            Again(ended.Host, _givenUp ?? ended.Why, null);
        });
        Receive<Answered>(answered => Say(answered.Question, answered.Answer));
        Receive<IAgentMessage>(message =>
        {
            _agent = message is MasterProtocol.RegisterAgent ? Sender : _agent;
            Say(0, message);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(EdgeOptions options) => Akka.Actor.Props.Create(() => new EdgeLinkActor(options));

    /// <inheritdoc/>
    protected override void PreStart() => Begin();

    /// <inheritdoc/>
    protected override void PostStop() => _socket?.Dispose();

    private void Begin()
    {
        var host = _options.Hosts[_attempt % _options.Hosts.Length];
        Open(host).PipeTo(
            Self,
            success: socket => new Connected(host, socket),
            failure: reason => reason.GetBaseException() is EdgeRefusedException refused
                ? new ConnectFailed(host, refused.Message, refused.Status)
                : new ConnectFailed(host, EdgeTrouble.Explain(host, reason), null));
    }

    private async Task<EdgeSocket> Open(Uri host)
    {
        using var patience = new CancellationTokenSource(_options.ConnectTimeout);
        var client = new ClientWebSocket();
        try
        {
            client.Options.KeepAliveInterval = EdgeSocket.KeepAlive;
            client.Options.KeepAliveTimeout = EdgeSocket.KeepAlive;
            client.Options.CollectHttpResponseDetails = true;
            if (_options.Secret.Length > 0)
            {
                client.Options.SetRequestHeader("Authorization", $"Bearer {_options.Secret}");
            }

            client.Options.SetRequestHeader(EdgeFrame.VersionHeader, EdgeFrame.Version);
            client.Options.SetRequestHeader(EdgeFrame.ClusterHeader, _cluster);
            await client.ConnectAsync(SocketOf(host), patience.Token).ConfigureAwait(false);
            return new EdgeSocket(client);
        }
        catch (WebSocketException) when (client.HttpStatusCode is not (0 or HttpStatusCode.SwitchingProtocols))
        {
            var status = (int)client.HttpStatusCode;
            var isSaid = client.HttpResponseHeaders?.ContainsKey(EdgeFrame.RefusalHeader) == true;
            var why = isSaid
                ? string.Join(' ', client.HttpResponseHeaders![EdgeFrame.RefusalHeader])
                : EdgeTrouble.Explain(status);
            client.Dispose();
            throw new EdgeRefusedException(isSaid ? status : null, why);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static Uri SocketOf(Uri host) => new UriBuilder(host)
    {
        Scheme = host.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        Path = EdgeFrame.Path,
    }.Uri;

    private void Connection(Connected connected)
    {
        var (self, host, socket) = (Self, connected.Host, connected.Socket);
        (_socket, _isIdentified, _givenUp) = (socket, false, null);
        socket.Run(bytes => self.Tell(new Heard(host, socket, bytes)), CancellationToken.None).PipeTo(
            Self, success: why => new Ended(host, socket, why));
        Timers.StartPeriodicTimer(nameof(Identify), Identify.Instance, TimeSpan.Zero, _options.AskAgain);
        Timers.StartSingleTimer(nameof(NoMaster), NoMaster.Instance, _options.ConnectTimeout);
    }

    private void Identified(Uri host, MasterProtocol.MasterIdentity identity)
    {
        StopAsking();
        if (_isIdentified)
        {
            return;
        }

        if (!_options.IsOurs(identity))
        {
            _log.Error("{0} leads to the cluster {1}, to which this agent does not belong", host, identity.ClusterId);
            Context.Stop(Self);
            return;
        }

        _log.Info("connected to the cluster through {0}", host);
        (_isIdentified, _attempt) = (true, 0);
        Context.System.EventStream.Publish(new EdgeNews.Connected(host));
        Context.System.EventStream.Publish(AgentActor.LinkRestored.Instance);
    }

    private void StopAsking()
    {
        Timers.Cancel(nameof(Identify));
        Timers.Cancel(nameof(NoMaster));
    }

    private void Again(Uri host, string why, int? refusal)
    {
        Context.System.EventStream.Publish(new EdgeNews.Disconnected(host, why, refusal));
        var pause = _options.Reconnect.After(_attempt++ / _options.Hosts.Length);
        _log.Warning("no connection to the cluster through {0}: {1}. Tasks run on; it tries again in {2} s",
            host, why, pause.TotalSeconds);
        Timers.StartSingleTimer(nameof(Connect), Connect.Instance, pause);
    }

    private void Hear(Uri host, EdgeSocket socket, byte[] bytes)
    {
        EdgeFrame frame;
        try
        {
            frame = EdgeFrame.Read(Context.System, bytes);
        }
        catch (WireFormatException wrong)
        {
            _log.Error("the cluster said what this agent does not understand: {0}", wrong.Message);
            socket.Complete();
            return;
        }

        if (frame.Message is MasterProtocol.MasterIdentity identity)
        {
            Identified(host, identity);
        }
        else if (!_isIdentified)
        {
            return;
        }
        else if (frame.Message is AgentProtocol.MasterElected)
        {
            Context.System.EventStream.Publish(frame.Message);
        }
        else if (frame.Question == 0)
        {
            _agent.Tell(frame.Message);
        }
        else
        {
            _agent.Ask<IAgentMessage>(frame.Message, _options.ConnectTimeout).PipeTo(
                Self,
                success: answer => new Answered(frame.Question, answer),
                failure: reason => new Answered(frame.Question, new AgentProtocol.LogMissing(reason.Message)));
        }
    }

    private void Say(long question, IWireMessage message)
    {
        if (_isIdentified)
        {
            _socket?.Send(new EdgeFrame(question, message).Write(Context.System));
        }
    }

    private sealed record Connect : INoSerializationVerificationNeeded
    {
        public static Connect Instance { get; } = new();
    }

    private sealed record Connected(Uri Host, EdgeSocket Socket) : INoSerializationVerificationNeeded;

    private sealed record ConnectFailed(Uri Host, string Why, int? Refusal) : INoSerializationVerificationNeeded;

    private sealed record Identify : INoSerializationVerificationNeeded
    {
        public static Identify Instance { get; } = new();
    }

    private sealed record NoMaster : INoSerializationVerificationNeeded
    {
        public static NoMaster Instance { get; } = new();
    }

    private sealed record Heard(Uri Host, EdgeSocket Socket, byte[] Bytes) : INoSerializationVerificationNeeded;

    private sealed record Ended(Uri Host, EdgeSocket Socket, string Why) : INoSerializationVerificationNeeded;

    private sealed record Answered(long Question, IAgentMessage Answer) : INoSerializationVerificationNeeded;
}
