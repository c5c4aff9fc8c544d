using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>
/// The other end of a connection, held by a test: it greets as a node does and then does as it likes.
/// </summary>
internal sealed class BadNeighbour : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly FrameStream _frames;
    private readonly Peer _self;

    internal BadNeighbour(int port, string name = "bad")
    {
        _frames = new FrameStream((into, cancel) => _socket.ReceiveAsync(into, SocketFlags.None, cancel))
        {
            FrameBytesMax = 1024 * 1024,
        };
        _self = new Peer(new Address("akka.tcp", name, "127.0.0.1", 2), Random.Shared.NextInt64(1, int.MaxValue));
        _socket.Connect(IPAddress.Loopback, port);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>True: let in. With a wrong secret or address it is not.</summary>
    internal async Task<bool> Greet(Address node, string secret)
    {
        var challenge = Challenge((await Read()).Span);
        var writer = new FrameWriter();
        Handshake.WriteSelf(
            writer, FrameKind.Hello, _self, Handshake.Proof(secret, challenge, _self),
            (Handshake.NewChallenge(), node.ToString()));
        await Send(writer.Written);
        var answer = await Read();
        return !answer.IsEmpty && answer.Span[0] == (byte)FrameKind.Welcome;
    }

    internal async Task Send(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
    }

    internal Task SendFrame(FrameKind kind, ReadOnlySpan<byte> body)
    {
        var frame = new byte[sizeof(int) + 1 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, 1 + body.Length);
        frame[sizeof(int)] = (byte)kind;
        body.CopyTo(frame.AsSpan(sizeof(int) + 1));
        return Send(frame);
    }

    /// <summary>True when the node has ended the connection.</summary>
    internal async Task<bool> IsClosed(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            while (await _socket.ReceiveAsync(new byte[4096], SocketFlags.None, limit.Token) > 0)
            {
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static byte[] Challenge(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        Assert.Equal((byte)FrameKind.Challenge, reader.Byte());
        Assert.Equal(Handshake.Version, reader.Int32());
        return reader.Bytes().ToArray();
    }

    private async Task<ReadOnlyMemory<byte>> Read()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _frames.ReadAsync(limit.Token);
    }
}
