using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>Where a message is written before its size is known; one for each thread, used again and again.</summary>
internal sealed class WireBuffer
{
    private const int InitialBytes = 4 * 1024;

    /// <summary>A buffer that grew beyond this is not kept.</summary>
    private const int KeptBytesMax = 1024 * 1024;

    // Bytes go to journals and sockets, never into a page: only what JSON itself asks for is escaped. The codecs
    // write well-formed JSON by construction.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static WireBuffer? t_kept;

    private readonly ArrayBufferWriter<byte> _bytes = new(InitialBytes);

    private WireBuffer() => Writer = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Writer { get; }

    public static WireBuffer Rent()
    {
        var buffer = t_kept ?? new WireBuffer();
        t_kept = null;
        return buffer;
    }

    public byte[] ToArray()
    {
        Writer.Flush();
        return _bytes.WrittenSpan.ToArray();
    }

    public void Return()
    {
        if (_bytes.Capacity <= KeptBytesMax)
        {
            _bytes.ResetWrittenCount();
            Writer.Reset();
            t_kept = this;
        }
    }
}
