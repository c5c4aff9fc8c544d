using System.Buffers.Binary;

namespace Akka.Remote.Wire;

/// <summary>Takes frames off a connection, as many as a read brings; a frame over the limit ends it.</summary>
/// <param name="read">Fills what it is given; 0 at the end of the stream.</param>
internal sealed class FrameStream(Func<Memory<byte>, CancellationToken, ValueTask<int>> read)
{
    /// <summary>Strangers get no more memory than this.</summary>
    internal const int GreetingBytesMax = 8 * 1024;

    private const int ReadAhead = 64 * 1024;
    private const int TlsHandshake = 0x16;

    private byte[] _buffer = new byte[4 * 1024];
    private int _start;
    private int _end;

    internal int FrameBytesMax { get; set; } = GreetingBytesMax;

    /// <summary>The next frame (kind and body), valid until the next call; empty at the end of the stream.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var frame))
                return frame;
            MakeRoom();
            var count = await read(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0)
                return _start == _end
                    ? default(ReadOnlyMemory<byte>)
                    : throw new WireException("The connection ended in the middle of a frame.");
            _end += count;
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (_end - _start < sizeof(int))
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        if (length < 1 || length > FrameBytesMax)
            throw Refuse(length);
        if (_end - _start - sizeof(int) < length)
        {
            Reserve(length + sizeof(int));
            return false;
        }

        frame = _buffer.AsMemory(_start + sizeof(int), length);
        _start += sizeof(int) + length;
        return true;
    }

    private WireException Refuse(int length) => new(
        FrameBytesMax == GreetingBytesMax && _buffer[_start] == TlsHandshake
            ? "The other end speaks TLS, this one does not (akka.remote.dot-netty.tcp.enable-ssl)."
            : $"A frame of {length} bytes came; at most {FrameBytesMax} are allowed.");

    private void MakeRoom()
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        if (_end == _buffer.Length)
            Reserve(_end - _start + 1);
    }

    /// <summary>Small until it has been full once: there may be thousands of quiet connections.</summary>
    private void Reserve(int needed)
    {
        if (_buffer.Length - _start >= needed)
            return;
        var target = needed <= _buffer.Length
            ? _buffer
            : new byte[Math.Max(needed, Math.Min(ReadAhead, _buffer.Length * 4))];
        Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
        _buffer = target;
        (_start, _end) = (0, _end - _start);
    }
}
