using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Akka.Remote.Security;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>A socket, or TLS over it. An end that reads nothing for too long is given up.</summary>
internal sealed class Connection : IDisposable
{
    private const int TcpUserTimeout = 18; // of Linux: how long sent bytes may stay unacknowledged

    private readonly Socket _socket;
    private readonly SslStream? _tls;
    private readonly TimeSpan _stallMax;
    private readonly CancellationTokenSource _stalled = new();

    private Connection(Socket socket, SslStream? tls, TimeSpan stallMax)
    {
        _socket = socket;
        _tls = tls;
        _stallMax = stallMax;
    }

    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
        _stalled.Dispose();
    }

    internal static async Task<Connection> ConnectAsync(
        string host, int port, Tls? tls, TimeSpan stallMax, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            SetUp(socket, stallMax);
            EndPoint to = IPAddress.TryParse(host, out var literal)
                ? new IPEndPoint(literal, port)
                : new DnsEndPoint(host, port);
            await socket.ConnectAsync(to, cancellationToken);
            var encrypted = tls is null ? null : await EncryptAsync(tls, socket, host, cancellationToken);
            return new Connection(socket, encrypted, stallMax);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>On failure the socket is left to the caller.</summary>
    internal static async Task<Connection> AcceptAsync(
        Socket socket, Tls? tls, TimeSpan stallMax, CancellationToken cancellationToken)
    {
        SetUp(socket, stallMax);
        try
        {
            return new Connection(
                socket, tls is null ? null : await tls.AcceptAsync(Over(socket), cancellationToken), stallMax);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            throw new WireException($"TLS could not be agreed on: {refused.Message}");
        }
    }

    /// <summary>True for what ends a connection and nothing else.</summary>
    internal static bool IsEndedBy(Exception failure) =>
        failure is SocketException or IOException or WireException or OperationCanceledException
            or ObjectDisposedException;

    internal ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken) =>
        _tls is null
            ? _socket.ReceiveAsync(into, SocketFlags.None, cancellationToken)
            : _tls.ReadAsync(into, cancellationToken);

    internal ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var writing = _tls is null ? SendAsync(bytes) : _tls.WriteAsync(bytes, _stalled.Token);
        return writing.IsCompletedSuccessfully ? writing : LimitAsync(writing);
    }

    private static void SetUp(Socket socket, TimeSpan stallMax)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 3);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
        // Later than the limit of a write, which has the better words: this is for what was written and then vanished.
        var unacknowledgedMax = (int)stallMax.TotalMilliseconds * 2;
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(
                (int)SocketOptionLevel.Tcp, TcpUserTimeout, BitConverter.GetBytes(unacknowledgedMax));
    }

    private static async Task<SslStream> EncryptAsync(
        Tls tls, Socket socket, string host, CancellationToken cancellationToken)
    {
        try
        {
            return await tls.ConnectAsync(Over(socket), host, cancellationToken);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            throw new WireException(
                $"TLS could not be agreed on: {refused.Message} Does the other end have TLS "
                + "(akka.remote.dot-netty.tcp.enable-ssl), and does either trust the other's certificate?");
        }
    }

    private static NetworkStream Over(Socket socket) => new(socket, ownsSocket: false);

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, _stalled.Token)..];
    }

    private async ValueTask LimitAsync(ValueTask writing)
    {
        _stalled.CancelAfter(_stallMax);
        try
        {
            await writing;
        }
        catch (OperationCanceledException)
        {
            throw new WireException($"The other end has read nothing for {_stallMax.TotalSeconds:0.#} s.");
        }

        _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
    }
}
