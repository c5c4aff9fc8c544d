using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// Lets every client in, as a PostgreSQL server of some version, and answers nothing after that (frontend/backend
/// protocol 3.0, "Start-up").
/// </summary>
internal sealed class FakePostgres : IDisposable
{
    private const int SslRequest = 80877103;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _version;

    /// <param name="version">As <c>server_version</c>.</param>
    public FakePostgres(string version)
    {
        _version = version;
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await LetIn(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    /// <summary>Until the client closes the connection.</summary>
    private async Task LetIn(NetworkStream stream)
    {
        try
        {
            while (await Startup(stream) == SslRequest)
            {
                await stream.WriteAsync("N"u8.ToArray());
            }

            await stream.WriteAsync((byte[])
            [
                .. Message('R', [0, 0, 0, 0]), .. Parameter("server_version", _version),
                .. Parameter("client_encoding", "UTF8"), .. Message('K', new byte[8]), .. Message('Z', [(byte)'I']),
            ]);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            return;
        }
    }

    /// <summary>Reads one message without a kind; returns its code: a request, or the protocol's version.</summary>
    private static async Task<int> Startup(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var rest = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - length.Length];
        await stream.ReadExactlyAsync(rest);
        return BinaryPrimitives.ReadInt32BigEndian(rest);
    }

    private static byte[] Parameter(string name, string value) =>
        Message('S', Encoding.UTF8.GetBytes($"{name}\0{value}\0"));

    private static byte[] Message(char kind, byte[] content)
    {
        var message = new byte[1 + 4 + content.Length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + content.Length);
        content.CopyTo(message, 5);
        return message;
    }
}
