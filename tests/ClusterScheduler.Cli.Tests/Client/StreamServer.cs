using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>
/// A gateway that says what it is told to, one answer to each connection, and then ends the answer, cuts it off in the
/// middle, or falls silent as one does whose machine is frozen. When it has no answer left, nobody listens any more.
/// </summary>
internal sealed class StreamServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Answer> _answers;
    private readonly ConcurrentBag<TcpClient> _silent = [];

    public StreamServer(params Answer[] answers)
    {
        _answers = new ConcurrentQueue<Answer>(answers);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = Serve();
    }

    public enum Then
    {
        End,
        Cut,
        FallSilent,
    }

    public Uri Address { get; }

    /// <summary>The first line of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static Answer Events(Then then, params string[] lines) => new(
        "200 OK", "Content-Type: text/event-stream\r\n", string.Concat(lines.Select(line => line + "\n")), then);

    public static Answer Log(Then then, long offset, string text) => new(
        "200 OK", $"Content-Type: application/octet-stream\r\nLog-Offset: {offset}\r\n", text, then);

    public static Answer Html(string status) => new(status, "Content-Type: text/html\r\n", "<html>", Then.End);

    /// <summary>It hangs up without a word.</summary>
    public static Answer Nothing() => new("", "", "", Then.Cut);

    public static Answer Problem(string status, string detail) => new(
        status,
        "Content-Type: application/problem+json\r\n",
        $$"""{"type":"urn:x","title":"t","status":{{status[..3]}},"detail":"{{detail}}"}""",
        Then.End);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _silent)
        {
            client.Dispose();
        }
    }

    private async Task Serve()
    {
        while (_answers.TryDequeue(out var answer))
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                if (_answers.IsEmpty)
                {
                    _listener.Stop();
                }

                await Say(client, answer);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
            {
                return;
            }
        }
    }

    private async Task Say(TcpClient client, Answer answer)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        Requests.Enqueue(await reader.ReadLineAsync() ?? "");
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            continue;
        }

        if (answer.Status.Length == 0)
        {
            client.Dispose();
            return;
        }

        var body = Encoding.UTF8.GetBytes(answer.Body);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {answer.Status}\r\n{answer.Headers}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
        if (body.Length > 0)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{body.Length:x}\r\n"));
            await stream.WriteAsync(body);
            await stream.WriteAsync("\r\n"u8.ToArray());
        }

        if (answer.Then == Then.FallSilent)
        {
            _silent.Add(client);
            return;
        }

        if (answer.Then == Then.End)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        }

        client.Dispose();
    }

    internal sealed record Answer(string Status, string Headers, string Body, Then Then);
}
