using System.Runtime.InteropServices;
using System.Text;

namespace ClusterScheduler.Agent.Processes;

/// <summary>A NULL-terminated array of C strings, as argv and environ are, in one block of memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte* _block;

    public NativeStrings(IReadOnlyList<string> values)
    {
        var table = (values.Count + 1) * sizeof(byte*);
        var size = table;
        foreach (var value in values)
        {
            size += Encoding.UTF8.GetByteCount(value) + 1;
        }

        _block = (byte*)NativeMemory.Alloc((nuint)size);
        var strings = (byte**)_block;
        var next = _block + table;
        var end = _block + size;
        for (var index = 0; index < values.Count; index++)
        {
            strings[index] = next;
            next += Encoding.UTF8.GetBytes(values[index], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        strings[values.Count] = null;
    }

    public byte** Pointer => (byte**)_block;

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
