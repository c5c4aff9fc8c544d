using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>The keeper's end of the socket: frames in, frames out, never blocking.</summary>
internal sealed unsafe class AgentConnection(int descriptor) : IDisposable
{
    /// <summary>An agent that reads nothing for so long loses its connection and hears all again on the next.</summary>
    private const int UnreadBytesMax = 64 << 20;

    private const int LengthBytes = 4;

    private readonly MemoryStream _out = new();
    private byte[] _in = new byte[64 * 1024];
    private int _inLength;
    private int _outStart;

    public int Descriptor { get; } = descriptor;

    /// <summary>It said Hello with the right version.</summary>
    public bool IsGreeted { get; set; }

    public bool HasUnsent => _out.Length > _outStart;

    /// <summary>Reads what is there.</summary>
    /// <param name="requests">Where whole frames go.</param>
    /// <returns>False when the agent is gone, or says what no agent says.</returns>
    public bool Receive(Queue<KeeperRequest> requests)
    {
        nint length;
        fixed (byte* target = _in)
        {
            length = Libc.Read(Descriptor, target + _inLength, _in.Length - _inLength);
        }

        if (length <= 0)
        {
            return length < 0 && Marshal.GetLastPInvokeError() is Libc.Eagain or Libc.Eintr;
        }

        _inLength += (int)length;
        return Parse(requests);
    }

    public void Send(KeeperReport report)
    {
        var start = _out.Length;
        _out.Position = start + LengthBytes;
        using (var writer = new BinaryWriter(_out, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            KeeperCodec.Write(writer, report);
        }

        BinaryPrimitives.WriteInt32LittleEndian(
            _out.GetBuffer().AsSpan((int)start), (int)(_out.Length - start) - LengthBytes);
    }

    /// <summary>Sends what can be sent now.</summary>
    /// <returns>False when the agent is gone, or has not read for too long.</returns>
    public bool Flush()
    {
        while (HasUnsent)
        {
            nint length;
            fixed (byte* bytes = _out.GetBuffer())
            {
                length = Libc.Write(Descriptor, bytes + _outStart, (nint)(_out.Length - _outStart));
            }

            if (length < 0)
            {
                return Marshal.GetLastPInvokeError() is Libc.Eagain or Libc.Eintr
                    && _out.Length - _outStart <= UnreadBytesMax;
            }

            _outStart += (int)length;
        }

        _out.SetLength(0);
        _outStart = 0;
        return true;
    }

    public void Dispose()
    {
        _ = Libc.Close(Descriptor);
        _out.Dispose();
    }

    private bool Parse(Queue<KeeperRequest> requests)
    {
        var start = 0;
        while (_inLength - start >= LengthBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_in.AsSpan(start));
            if (length is <= 0 or > KeeperCodec.FrameBytesMax)
            {
                return false;
            }

            if (_inLength - start - LengthBytes < length)
            {
                Array.Resize(ref _in, Math.Max(_in.Length, length + LengthBytes));
                break;
            }

            try
            {
                using var reader = new BinaryReader(new MemoryStream(_in, start + LengthBytes, length));
                requests.Enqueue(KeeperCodec.ReadRequest(reader));
            }
            catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
            {
                KeeperLog.Write($"refused a frame of {length} bytes: {exception.Message}");
                return false;
            }

            start += LengthBytes + length;
        }

        _inLength -= start;
        Array.Copy(_in, start, _in, 0, _inLength);
        return true;
    }
}
