using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>One connection that another node made: its messages come in here; only confirmations go back.</summary>
internal sealed class InboundLink(Remoting remoting, Socket socket)
{
    private static readonly TimeSpan HandshakeMax = TimeSpan.FromSeconds(10);

    private readonly FrameWriter _writer = new();
    private readonly RefReader _refs = new(remoting.System.Provider);

    /// <summary>Never fails: whatever the other end does ends this connection and nothing else.</summary>
    internal async Task RunAsync(Unproven unproven, CancellationToken cancellationToken)
    {
        using var raw = socket;
        using var greeting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        greeting.CancelAfter(HandshakeMax);
        var from = "somewhere";
        try
        {
            from = socket.RemoteEndPoint?.ToString();
            var place = unproven.Add(greeting);
            Connection connection;
            FrameStream frames;
            Peer? peer;
            using (place)
            {
                connection = await Connection.AcceptAsync(
                    socket, remoting.Tls, remoting.Settings.StallMax, greeting.Token);
                frames = new FrameStream(connection.ReadAsync);
                peer = await GreetAsync(connection, frames, from, greeting.Token);
            }

            using (connection)
            {
                if (peer is { } known)
                    await ReadAllAsync(connection, frames, known, cancellationToken);
            }
        }
        catch (WireException broken)
        {
            remoting.Notices.Warn(Notice.Closed, $"A connection was closed: {broken.Message} It came from {from}.");
        }
        catch (OperationCanceledException)
            when (greeting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            remoting.Notices.Warn(
                Notice.Closed, $"A connection was closed: the other end did not say who it is. It came from {from}.");
        }
        catch (Exception ended) when (Connection.IsEndedBy(ended))
        {
            remoting.Log.Debug("A connection from {0} ended: {1}", from, ended.Message);
        }
        catch (Exception failure)
        {
            remoting.Notices.Warn(
                Notice.Closed, $"A connection was closed: {Notices.Quote(failure.Message)} It came from {from}.");
        }
    }

    private async Task<Peer?> GreetAsync(
        Connection connection, FrameStream frames, string? from, CancellationToken cancellationToken)
    {
        var challenge = Handshake.NewChallenge();
        Handshake.WriteChallenge(_writer, challenge);
        await FlushAsync(connection);
        var frame = await frames.ReadAsync(cancellationToken);
        if (frame.IsEmpty)
            return null;
        var (peer, theirs) = ReadHello(frame.Span, challenge, out var refusal);
        refusal ??= await remoting.AdmitAsync(peer);
        if (refusal is { } said)
            Handshake.WriteRefusal(_writer, said.Kind, said.Text);
        else
            Handshake.WriteSelf(
                _writer, FrameKind.Welcome, remoting.Self,
                Handshake.Proof(remoting.Settings.SharedSecret, theirs, remoting.Self), null);
        await FlushAsync(connection);
        if (refusal is { } why)
            remoting.Notices.Warn(
                Notice.Refused,
                $"{Notices.Quote(peer.Address.ToString())} was not let in: {why.Text} It came from {from}.");
        frames.FrameBytesMax = remoting.Settings.FrameBytesMax;
        return refusal is null ? peer : null;
    }

    private (Peer Peer, byte[] Challenge) ReadHello(ReadOnlySpan<byte> frame, byte[] challenge, out Refusal? refusal)
    {
        var reader = new FrameReader(frame);
        if (reader.Byte() != (byte)FrameKind.Hello)
            throw new WireException("The first frame of a connection must say who is there.");
        var peer = Handshake.ReadPeer(ref reader);
        var proof = reader.Bytes().ToArray();
        var theirs = reader.Bytes().ToArray();
        var meant = reader.Text();
        if (!Handshake.IsProof(remoting.Settings.SharedSecret, challenge, peer, proof))
            refusal = new Refusal(
                RefusalKind.WrongSecret, "the shared secret (akka.remote.embedded.shared-secret) differs.");
        else if (meant != remoting.Self.Address.ToString())
            refusal = new Refusal(
                OfAnother(meant), $"it looks for {Notices.Quote(meant)}; this is {remoting.Self.Address}.");
        else
            refusal = null;
        return (peer, theirs);
    }

    private RefusalKind OfAnother(string meant) =>
        Address.TryParse(meant, out var address) && address.System == remoting.Self.Address.System
            ? RefusalKind.OtherAddress
            : RefusalKind.OtherSystem;

    private async Task ReadAllAsync(
        Connection connection, FrameStream frames, Peer peer, CancellationToken cancellationToken)
    {
        using var held = remoting.Runs.Hold(peer);
        var seen = remoting.GivenUp;
        while (true)
        {
            var frame = await frames.ReadAsync(cancellationToken);
            if (frame.IsEmpty)
                return;
            if (seen != remoting.GivenUp && remoting.IsReplaced(peer))
                return; // it greets again, and hears why it is not let in
            seen = remoting.GivenUp;
            Take(frame.Span, peer);
            if (_writer.Length > 0)
                await FlushAsync(connection);
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

    private async ValueTask FlushAsync(Connection connection)
    {
        await connection.WriteAsync(_writer.Written);
        _writer.Clear();
    }
}
