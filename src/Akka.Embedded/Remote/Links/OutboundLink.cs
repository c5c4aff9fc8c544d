using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>The connection that this node made to another: messages go out here; confirmations come back.</summary>
internal sealed class OutboundLink(Remoting remoting, Association association) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameWriter _writer = new();

    internal FrameWriter Writer => _writer;

    internal RefWriter Refs { get; } = new();

    public void Dispose() => _socket.Dispose();

    /// <summary>Connects and greets; from then on the confirmations are read.</summary>
    internal async Task ConnectAsync(Address to, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(remoting.Settings.ConnectTimeout);
        EndPoint endpoint = IPAddress.TryParse(to.Host, out var literal)
            ? new IPEndPoint(literal, to.Port!.Value)
            : new DnsEndPoint(to.Host, to.Port!.Value);
        await _socket.ConnectAsync(endpoint, limit.Token);
        var frames = new FrameStream(_socket, remoting.Settings.FrameBytesMax);
        var challenge = ReadChallenge((await frames.ReadAsync(limit.Token)).Span);
        var secret = remoting.Settings.SharedSecret;
        var own = Handshake.NewChallenge();
        Handshake.WriteSelf(
            _writer, FrameKind.Hello, remoting.Self, Handshake.Proof(secret, challenge, remoting.Self),
            (own, to.ToString()));
        await FlushAsync(limit.Token);
        var peer = ReadWelcome((await frames.ReadAsync(limit.Token)).Span, own);
        if (remoting.Admit(peer) is { } refusal)
            throw new WireException(refusal);
        _ = ReadAsync(frames, cancellationToken);
    }

    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        for (var rest = _writer.Written; rest.Length > 0;)
            rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
        _writer.Clear();
    }

    private static byte[] ReadChallenge(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
            throw new WireException("The connection was closed before a word was said.");
        var reader = new FrameReader(frame);
        if (reader.Byte() != (byte)FrameKind.Challenge)
            throw new WireException("The other end is no node of this kind.");
        var version = reader.Int32();
        if (version != Handshake.Version)
            throw new WireException(
                $"The other end speaks version {version} of the protocol, not {Handshake.Version}.");
        return reader.Bytes().ToArray();
    }

    private Peer ReadWelcome(ReadOnlySpan<byte> frame, byte[] challenge)
    {
        if (frame.IsEmpty)
            throw new WireException("The other end closed the connection without saying why.");
        var reader = new FrameReader(frame);
        var kind = (FrameKind)reader.Byte();
        if (kind == FrameKind.Refused)
            throw new WireException($"The other end refuses: {reader.Text()}");
        if (kind != FrameKind.Welcome)
            throw new WireException($"A welcome was expected; a frame of kind {kind} came.");
        var peer = Handshake.ReadPeer(ref reader);
        if (!Handshake.IsProof(remoting.Settings.SharedSecret, challenge, peer, reader.Bytes()))
            throw new WireException("The other end does not know the shared secret.");
        return peer;
    }

    private async Task ReadAsync(FrameStream frames, CancellationToken cancellationToken)
    {
        try
        {
            while (await frames.ReadAsync(cancellationToken) is { IsEmpty: false } frame)
                Take(frame.Span);
            association.Broken(this, "the other end closed the connection");
        }
        catch (Exception ended) when (ended is SocketException or WireException or OperationCanceledException
            or ObjectDisposedException)
        {
            association.Broken(this, ended.Message);
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        var reader = new FrameReader(frame);
        association.HeardNow();
        if (reader.Byte() == (byte)FrameKind.SystemReceived)
            association.Confirm(reader.Int64());
    }
}
