using System.Net.Sockets;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>One connection that another node made: its messages come in here; only confirmations go back.</summary>
internal sealed class InboundLink(Remoting remoting, Socket socket)
{
    private static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(10);

    private readonly FrameStream _frames = new(socket, remoting.Settings.FrameBytesMax);
    private readonly FrameWriter _writer = new();
    private readonly RefReader _refs = new(remoting.System.Provider);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var connection = socket;
        try
        {
            if (await GreetAsync(cancellationToken) is { } peer)
                await ReadAllAsync(peer, cancellationToken);
        }
        catch (WireException broken)
        {
            remoting.Log.Warning("A connection was closed: {0}", broken.Message);
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            remoting.Log.Debug("A connection ended: {0}", ended.Message);
        }
    }

    private async Task<Peer?> GreetAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeMax);
        var challenge = Handshake.NewChallenge();
        Handshake.WriteChallenge(_writer, challenge);
        await FlushAsync(limit.Token);
        var frame = await _frames.ReadAsync(limit.Token);
        if (frame.IsEmpty)
            return null;
        var peer = Answer(frame.Span, challenge, out var refusal);
        await FlushAsync(limit.Token);
        if (refusal is not null)
            remoting.Log.Warning("{0} was not let in: {1}", peer.Address, refusal);
        return refusal is null ? peer : null;
    }

    private Peer Answer(ReadOnlySpan<byte> frame, byte[] challenge, out string? refusal)
    {
        var reader = new FrameReader(frame);
        if (reader.Byte() != (byte)FrameKind.Hello)
            throw new WireException("The first frame of a connection must say who is there.");
        var peer = Handshake.ReadPeer(ref reader);
        var proof = reader.Bytes().ToArray();
        var theirs = reader.Bytes().ToArray();
        var meant = reader.Text();
        var secret = remoting.Settings.SharedSecret;
        if (!Handshake.IsProof(secret, challenge, peer, proof))
            refusal = "the shared secret (akka.remote.embedded.shared-secret) differs.";
        else if (meant != remoting.Self.Address.ToString())
            refusal = $"it looks for {meant}; this is {remoting.Self.Address}.";
        else
            refusal = remoting.Admit(peer);
        if (refusal is null)
            Handshake.WriteSelf(
                _writer, FrameKind.Welcome, remoting.Self, Handshake.Proof(secret, theirs, remoting.Self), null);
        else
            Handshake.WriteRefusal(_writer, refusal);
        return peer;
    }

    private async Task ReadAllAsync(Peer peer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await _frames.ReadAsync(cancellationToken);
            if (frame.IsEmpty)
                return;
            Take(frame.Span, peer);
            if (_writer.Length > 0)
                await FlushAsync(cancellationToken);
        }
    }

    private void Take(ReadOnlySpan<byte> frame, Peer peer)
    {
        var reader = new FrameReader(frame);
        var kind = (FrameKind)reader.Byte();
        switch (kind)
        {
            case FrameKind.Messages:
                MessageCodec.DeliverAll(ref reader, _refs, remoting);
                break;
            case FrameKind.System:
                var number = reader.Int64();
                if (remoting.To(peer.Address).IsNewSystem(peer.Uid, number))
                    SystemMessageCodec.Deliver(ref reader, remoting);
                _writer.Begin(FrameKind.SystemReceived);
                _writer.Int64(number);
                _writer.End();
                break;
            case FrameKind.Heartbeat:
                _writer.Begin(FrameKind.HeartbeatAnswer);
                _writer.End();
                break;
            default:
                throw new WireException($"{peer.Address} sent a frame of kind {kind}, which has no place here.");
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        for (var rest = _writer.Written; rest.Length > 0;)
            rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
        _writer.Clear();
    }
}
