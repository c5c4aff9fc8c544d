using System.Buffers.Binary;
using System.Net.Sockets;

namespace Akka.Remote.Wire;

/// <summary>Takes frames off a socket, as many as a read brings; a frame over the limit ends the connection.</summary>
internal sealed class FrameStream(Socket socket, int frameBytesMax)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next frame (kind and body), valid until the next call; empty at the end of the stream.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var frame))
                return frame;
            MakeRoom();
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
            if (read == 0)
                return default;
            _end += read;
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (_end - _start < sizeof(int))
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        if (length < 1 || length > frameBytesMax)
            throw new WireException($"A frame of {length} bytes came; at most {frameBytesMax} are allowed.");
        if (_end - _start - sizeof(int) < length)
        {
            Reserve(length + sizeof(int));
            return false;
        }

        frame = _buffer.AsMemory(_start + sizeof(int), length);
        _start += sizeof(int) + length;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        else if (_end == _buffer.Length)
            Reserve(_end - _start + 1);
    }

    private void Reserve(int needed)
    {
        if (_buffer.Length - _start >= needed)
            return;
        var target = needed <= _buffer.Length ? _buffer : new byte[Math.Max(needed, _buffer.Length * 2)];
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _buffer = target;
        (_start, _end) = (0, _end - _start);
    }
}
