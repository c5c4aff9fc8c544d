using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>Takes every connection, says one thing on it, and nothing more.</summary>
internal sealed class FakeSeed : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _taken = [];

    public FakeSeed(byte[] said)
    {
        _listener.Start();
        _ = Serve(said);
    }

    public string Address => $"akka.tcp://csched@{_listener.LocalEndpoint}";

    /// <summary>First frame of a node of the embedded engine: its length, its kind, the version, a number.</summary>
    public static byte[] ChallengeOf(int version)
    {
        const int number = 16;
        var frame = new byte[4 + 1 + 4 + 4 + number];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - 4);
        frame[4] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(5), version);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(9), number);
        return frame;
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_taken)
        {
            _taken.ForEach(static each => each.Dispose());
        }
    }

    private async Task Serve(byte[] said)
    {
        try
        {
            while (true)
            {
                var taken = await _listener.AcceptSocketAsync();
                lock (_taken)
                {
                    _taken.Add(taken);
                }

                await taken.SendAsync(said);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }
}
