using System.Buffers.Binary;
using System.Net.Sockets;
using ClusterScheduler.Agent.Keeper;

namespace ClusterScheduler.Agent.Execution;

/// <summary>The agent's end of one connection to its keeper.</summary>
internal sealed class KeeperLink(Socket socket) : IDisposable
{
    private const int LengthBytes = 4;

    private readonly MemoryStream _out = new();

    /// <summary>Adds a frame to the next <see cref="FlushAsync"/>.</summary>
    public void Add(KeeperRequest request)
    {
        var start = (int)_out.Length;
        _out.Position = start + LengthBytes;
        using (var writer = new BinaryWriter(_out, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            KeeperCodec.Write(writer, request);
        }

        BinaryPrimitives.WriteInt32LittleEndian(
            _out.GetBuffer().AsSpan(start), (int)_out.Length - start - LengthBytes);
    }

    /// <summary>Sends what was added. A broken connection is seen by the reader, not here.</summary>
    public async ValueTask FlushAsync()
    {
        if (_out.Length == 0)
        {
            return;
        }

        try
        {
            var rest = _out.GetBuffer().AsMemory(0, (int)_out.Length);
            while (!rest.IsEmpty)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            socket.Dispose();
        }

        _out.SetLength(0);
    }

    /// <summary>The reports, until the connection ends.</summary>
    public async IAsyncEnumerable<KeeperReport> ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await ReceiveAsync(buffer.AsMemory(length)).ConfigureAwait(false);
            if (read == 0)
            {
                yield break;
            }

            length += read;
            var start = 0;
            while (length - start >= LengthBytes
                && BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(start)) is var size
                && length - start - LengthBytes >= size)
            {
                yield return Parse(buffer, start + LengthBytes, size);
                start += LengthBytes + size;
            }

            length -= start;
            Array.Copy(buffer, start, buffer, 0, length);
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length * 2);
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _out.Dispose();
    }

    private static KeeperReport Parse(byte[] buffer, int start, int size)
    {
        using var reader = new BinaryReader(new MemoryStream(buffer, start, size));
        return KeeperCodec.ReadReport(reader);
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
