using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>A node that lets others in and then never reads a byte.</summary>
internal sealed class DeafNode : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DeafNode(string secret)
    {
        _listener.Server.ReceiveBufferSize = 4_096;
        _listener.Start();
        Address = new Address("akka.tcp", "deaf", "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _ = Serve(secret);
    }

    internal Address Address { get; }

    /// <summary>Done when the other end has given up the connection.</summary>
    internal Task WasLeft => _left.Task;

    public void Dispose() => _listener.Dispose();

    private async Task Serve(string secret)
    {
        using var socket = await _listener.AcceptSocketAsync();
        var writer = new FrameWriter();
        Handshake.WriteChallenge(writer, Handshake.NewChallenge());
        await socket.SendAsync(writer.Written, SocketFlags.None);
        writer.Clear();
        var frames = new FrameStream((into, cancel) => socket.ReceiveAsync(into, SocketFlags.None, cancel));
        Welcome(writer, (await frames.ReadAsync(CancellationToken.None)).Span, secret);
        await socket.SendAsync(writer.Written, SocketFlags.None);
        // Without reading, only writing shows that the other end has gone.
        while (!IsReset(socket))
            await Task.Delay(20);
        _left.TrySetResult();
    }

    private void Welcome(FrameWriter writer, ReadOnlySpan<byte> hello, string secret)
    {
        var reader = new FrameReader(hello);
        Assert.Equal((byte)FrameKind.Hello, reader.Byte());
        Handshake.ReadPeer(ref reader);
        _ = reader.Bytes();
        var challenge = reader.Bytes().ToArray();
        var self = new Peer(Address, 7);
        Handshake.WriteSelf(writer, FrameKind.Welcome, self, Handshake.Proof(secret, challenge, self), null);
    }

    private static bool IsReset(Socket socket)
    {
        try
        {
            socket.Send([1, 0, 0, 0, (byte)FrameKind.HeartbeatAnswer], SocketFlags.None);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
