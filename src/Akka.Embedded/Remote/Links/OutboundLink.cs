using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>The connection that this node made to another: messages go out here; confirmations come back.</summary>
internal sealed class OutboundLink(Remoting remoting, Association association) : IDisposable
{
    private readonly FrameWriter _writer = new();
    private Connection? _connection;

    internal FrameWriter Writer => _writer;

    internal RefWriter Refs { get; } = new();

    public void Dispose() => _connection?.Dispose();

    /// <summary>Connects and greets; from then on the confirmations are read.</summary>
    internal async Task ConnectAsync(Address to, CancellationToken cancellationToken)
    {
        var settings = remoting.Settings;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.ConnectTimeout);
        try
        {
            _connection = await Connection.ConnectAsync(
                to.Host, to.Port!.Value, remoting.Tls, settings.StallMax, limit.Token);
            var frames = new FrameStream(_connection.ReadAsync);
            await GreetAsync(to, frames, limit.Token);
            frames.FrameBytesMax = settings.FrameBytesMax;
            _ = ReadAsync(frames, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WireException(
                $"It has not answered within {settings.ConnectTimeout.TotalSeconds:0.#} s"
                + (remoting.Tls is null ? "; a node with TLS does not answer one without." : "."));
        }
    }

    internal async ValueTask FlushAsync()
    {
        await _connection!.WriteAsync(_writer.Written);
        _writer.Clear();
    }

    private async Task GreetAsync(Address to, FrameStream frames, CancellationToken cancellationToken)
    {
        var challenge = ReadChallenge((await frames.ReadAsync(cancellationToken)).Span);
        var own = Handshake.NewChallenge();
        Handshake.WriteSelf(
            _writer, FrameKind.Hello, remoting.Self,
            Handshake.Proof(remoting.Settings.SharedSecret, challenge, remoting.Self), (own, to.ToString()));
        await FlushAsync();
        var peer = ReadWelcome((await frames.ReadAsync(cancellationToken)).Span, own);
        if (remoting.Admit(peer) is { } refusal)
            throw new WireException(refusal, RefusalKind.GivenUp);
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

    private Peer ReadWelcome(ReadOnlySpan<byte> frame, byte[] challenge)
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
        if (!Handshake.IsProof(remoting.Settings.SharedSecret, challenge, peer, reader.Bytes()))
            throw new WireException("The other end does not know the shared secret.", RefusalKind.WrongSecret);
        return peer;
    }

    private static WireException ReadRefusal(ref FrameReader reader)
    {
        var kind = (RefusalKind)reader.Byte();
        return new WireException($"The other end refuses: {Notices.Quote(reader.Text())}", kind);
    }

    private async Task ReadAsync(FrameStream frames, CancellationToken cancellationToken)
    {
        try
        {
            while (await frames.ReadAsync(cancellationToken) is { IsEmpty: false } frame)
                Take(frame.Span);
            association.Broken(this, "the other end closed the connection");
        }
        catch (Exception ended) when (Connection.IsEndedBy(ended))
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
