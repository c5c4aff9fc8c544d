using System.Net.WebSockets;
using System.Threading.Channels;

namespace ClusterScheduler.Runtime.Edge;

/// <summary>
/// Carries frames both ways over one WebSocket until either side ends it. What cannot be sent in time ends it too: the
/// messages are repeated over the next one, so nothing is kept here for a peer that does not read.
/// </summary>
public sealed class EdgeSocket : IDisposable
{
    /// <summary>An idle connection is asked for a sign of life this often; a NAT forgets idle connections.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Larger frames end the connection.</summary>
    public const int FrameBytesMax = 8 * 1024 * 1024;

    private const int WaitingMax = 10_000;

    private static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public EdgeSocket(WebSocket socket) => _socket = socket;

    /// <summary>Puts a frame behind those that wait; too many waiting ends the connection.</summary>
    public void Send(byte[] frame)
    {
        if (!_waiting.Writer.TryWrite(frame))
        {
            _waiting.Writer.TryComplete();
        }
    }

    /// <summary>Ends the connection when what waits is sent.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Until the connection ends; what ended it, in words.</summary>
    /// <param name="receive">Gets each frame, in order.</param>
    /// <param name="cancelled">Ends it at once.</param>
    public async Task<string> Run(Action<byte[]> receive, CancellationToken cancelled)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var reading = Reading(receive, ending.Token);
        var writing = Writing(ending.Token);
        var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);
        if (first == writing)
        {
            // Ended here: the other side may say that it has read to the end.
            await Task.WhenAny(reading, Task.Delay(FarewellMax, ending.Token)).ConfigureAwait(false);
        }

        await ending.CancelAsync().ConfigureAwait(false);
        _waiting.Writer.TryComplete();
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<string> Reading(Action<byte[]> receive, CancellationToken cancelled)
    {
        var buffer = new byte[16 * 1024];
        using var frame = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), cancelled).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return _socket.CloseStatusDescription is { Length: > 0 } why ? why : "the other side ended it";
                }

                if (frame.Length + part.Count > FrameBytesMax)
                {
                    return $"a frame of more than {FrameBytesMax} bytes came";
                }

                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    receive(frame.ToArray());
                    frame.SetLength(0);
                }
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException)
        {
            return broken.Message;
        }
    }

    private async Task<string> Writing(CancellationToken cancelled)
    {
        try
        {
            await foreach (var frame in _waiting.Reader.ReadAllAsync(cancelled).ConfigureAwait(false))
            {
                await _socket.SendAsync(frame.AsMemory(), WebSocketMessageType.Binary, true, cancelled)
                    .ConfigureAwait(false);
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancelled).ConfigureAwait(false);
            return "it was ended here";
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or IOException)
        {
            return broken.Message;
        }
    }
}
