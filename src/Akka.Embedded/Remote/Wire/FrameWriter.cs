using System.Buffers.Binary;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Frames, one after the other, in one growing buffer: length (4 bytes, little endian), kind, body.</summary>
internal sealed class FrameWriter
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _frameStart;

    internal int Length { get; private set; }

    internal int FrameLength => Length - _frameStart - sizeof(int);

    internal ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    internal void Clear()
    {
        Length = 0;
        if (_buffer.Length > 1024 * 1024)
            _buffer = new byte[16 * 1024];
    }

    internal void Begin(FrameKind kind)
    {
        _frameStart = Length;
        Take(sizeof(int));
        Byte((byte)kind);
    }

    internal void End() => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_frameStart), FrameLength);

    internal void Byte(byte value) => Take(1)[0] = value;

    internal void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    internal void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    internal void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Int32(bytes);
        Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    private Span<byte> Take(int count)
    {
        if (Length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }
}
