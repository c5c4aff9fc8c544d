using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>The connection that this node made to another: messages go out here; confirmations come back.</summary>
internal sealed class OutboundLink(Remoting remoting, Association association) : IDisposable
{
    private readonly FrameWriter _writer = new();
    private Greeted? _greeted;
    private IDisposable? _held;

    internal FrameWriter Writer => _writer;

    internal RefWriter Refs { get; } = new();

    public void Dispose()
    {
        _greeted?.Dispose();
        _held?.Dispose();
    }

    /// <summary>Connects and greets; from then on the confirmations are read.</summary>
    internal async Task ConnectAsync(Address to, CancellationToken cancellationToken)
    {
        _greeted = await Greeted.DialAsync(remoting, to, remoting.Settings.ConnectTimeout, cancellationToken);
        if (remoting.Admit(_greeted.Peer) is { } refusal)
            throw new WireException(refusal, RefusalKind.GivenUp);
        _held = remoting.Runs.Hold(_greeted.Peer);
        _greeted.Frames.FrameBytesMax = remoting.Settings.FrameBytesMax;
        _ = ReadAsync(_greeted.Frames, cancellationToken);
    }

    internal async ValueTask FlushAsync()
    {
        await _greeted!.Connection.WriteAsync(_writer.Written);
        _writer.Clear();
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
