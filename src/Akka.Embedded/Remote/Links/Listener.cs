using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace Akka.Remote.Links;

/// <summary>Takes connections of other nodes; each is read by a task of its own.</summary>
internal sealed class Listener(Remoting remoting) : IDisposable
{
    /// <summary>No file descriptors left, say: it does not help to ask again at once.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Unproven _unproven = new(remoting.Settings.UnprovenConnectionsMax);
    private int _connections;

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

    private void Take(Socket connection)
    {
        if (Interlocked.Increment(ref _connections) > remoting.Settings.ConnectionsMax)
        {
            Interlocked.Decrement(ref _connections);
            connection.Dispose();
            remoting.Notices.Warn(
                Notice.NotTaken,
                $"A connection was not taken: there are {remoting.Settings.ConnectionsMax} already "
                + "(akka.remote.embedded.connections).");
            return;
        }

        _ = ServeAsync(connection);
    }

    private async Task ServeAsync(Socket connection)
    {
        await new InboundLink(remoting, connection).RunAsync(_unproven, _stop.Token);
        Interlocked.Decrement(ref _connections);
    }

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
                Take(await _socket.AcceptAsync(_stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException failure) when (!_stop.IsCancellationRequested)
            {
                remoting.Notices.Warn(Notice.NotTaken, $"A connection could not be taken: {failure.Message}");
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
