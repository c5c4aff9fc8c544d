using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Links;

/// <summary>Takes connections of other nodes; each is read by a task of its own.</summary>
internal sealed class Listener(Remoting remoting) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Gives the port.</summary>
    internal int Bind()
    {
        var settings = remoting.Settings;
        try
        {
            var address = IPAddress.TryParse(settings.Hostname, out var literal)
                ? literal
                : Dns.GetHostAddresses(settings.Hostname)[0];
            _socket.Bind(new IPEndPoint(address, settings.Port));
            _socket.Listen(512);
            return ((IPEndPoint)_socket.LocalEndPoint!).Port;
        }
        catch (SocketException failure)
        {
            throw new IllegalActorStateException(
                $"This node cannot listen on {settings.Hostname}:{settings.Port}: {failure.Message} "
                + "(akka.remote.dot-netty.tcp.hostname and port).");
        }
    }

    internal void Start() => _ = AcceptAsync();

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = await _socket.AcceptAsync(_stop.Token);
                connection.NoDelay = true;
                _ = new InboundLink(remoting, connection).RunAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure) when (!_stop.IsCancellationRequested)
            {
                remoting.Log.Warning("A connection could not be taken: {0}", failure.Message);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
