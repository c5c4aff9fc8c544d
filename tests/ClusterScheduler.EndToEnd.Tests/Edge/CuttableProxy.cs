using System.Net;
using System.Net.Sockets;

namespace ClusterScheduler.EndToEnd.Tests.Edge;

/// <summary>
/// A network between two processes that can be cut: what is connected ends, what comes is turned away.
/// </summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;
    private readonly int _target;
    private bool _isCut;

    public CuttableProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        lock (_open)
        {
            _isCut = true;
            _open.ForEach(static client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_open)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _ending.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
                lock (_open)
                {
                    _open.AddRange([client, server]);
                    if (_isCut)
                    {
                        client.Dispose();
                        server.Dispose();
                        continue;
                    }
                }

                _ = Carry(client.GetStream(), server.GetStream());
                _ = Carry(server.GetStream(), client.GetStream());
            }
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Carry(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to, _ending.Token);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, as asked for.
        }
    }
}
