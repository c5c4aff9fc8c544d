using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>A connection that this node made, once the other end has proven who it is.</summary>
internal sealed class Greeted(Connection connection, FrameStream frames, Peer peer) : IDisposable
{
    internal Connection Connection => connection;

    internal FrameStream Frames => frames;

    internal Peer Peer => peer;

    public void Dispose() => connection.Dispose();

    internal static async Task<Greeted> DialAsync(
        Remoting remoting, Address to, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        Connection? connection = null;
        try
        {
            connection = await Connection.ConnectAsync(
                to.Host, to.Port!.Value, remoting.Tls, remoting.Settings.StallMax, patience.Token);
            var frames = new FrameStream(connection.ReadAsync);
            var greeted = new Greeted(
                connection, frames, await GreetAsync(remoting, to, connection, frames, patience.Token));
            connection = null;
            return greeted;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WireException(
                $"It has not answered within {limit.TotalSeconds:0.#} s"
                + (remoting.Tls is null ? "; a node with TLS does not answer one without." : "."));
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private static async Task<Peer> GreetAsync(
        Remoting remoting, Address to, Connection connection, FrameStream frames, CancellationToken cancellationToken)
    {
        var challenge = ReadChallenge((await frames.ReadAsync(cancellationToken)).Span);
        var (own, secret) = (Handshake.NewChallenge(), remoting.Settings.SharedSecret);
        var writer = new FrameWriter();
        Handshake.WriteSelf(
            writer, FrameKind.Hello, remoting.Self, Handshake.Proof(secret, challenge, remoting.Self),
            (own, to.ToString()));
        await connection.WriteAsync(writer.Written);
        return ReadWelcome((await frames.ReadAsync(cancellationToken)).Span, own, secret);
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
                $"The other end speaks version {version} of the protocol, not {Handshake.Version}.",
                RefusalKind.OtherVersion);
        return reader.Bytes().ToArray();
    }

    private static Peer ReadWelcome(ReadOnlySpan<byte> frame, byte[] challenge, string secret)
    {
        if (frame.IsEmpty)
            throw new WireException("The other end closed the connection without saying why.");
        var reader = new FrameReader(frame);
        var kind = (FrameKind)reader.Byte();
        if (kind == FrameKind.Refused)
            throw ReadRefusal(ref reader);
        if (kind != FrameKind.Welcome)
            throw new WireException($"A welcome was expected; a frame of kind {kind} came.");
        var peer = Handshake.ReadPeer(ref reader);
        if (!Handshake.IsProof(secret, challenge, peer, reader.Bytes()))
            throw new WireException("The other end does not know the shared secret.", RefusalKind.WrongSecret);
        return peer;
    }

    private static WireException ReadRefusal(ref FrameReader reader)
    {
        var kind = (RefusalKind)reader.Byte();
        return new WireException($"The other end refuses: {Notices.Quote(reader.Text())}", kind);
    }
}
