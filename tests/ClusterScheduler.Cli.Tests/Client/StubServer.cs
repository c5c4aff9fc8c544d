using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>Listens on 127.0.0.1 and says its answers in turn; the last one to everybody who comes later.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string[] _answers;

    /// <summary>For TLS; none: plain.</summary>
    public X509Certificate2? Certificate { get; }

    /// <param name="answer">All that it sends; then it closes the connection.</param>
    /// <param name="certificate">For TLS; none: plain.</param>
    public StubServer(string answer, X509Certificate2? certificate = null)
        : this([answer]) => Certificate = certificate;

    /// <param name="answers">One for each connection.</param>
    public StubServer(params string[] answers)
    {
        _answers = answers;
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The newest request.</summary>
    public string Heard => Requests.LastOrDefault() ?? "";

    /// <summary>What was sent to it, with headers.</summary>
    public List<string> Requests { get; } = [];

    public static string Html(string status) =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>";

    public static string Json(string status, string type, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"
        + body;

    /// <summary>One that signed itself.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=csched test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    public void Dispose()
    {
        _listener.Dispose();
        Certificate?.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await Answer(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Answer(TcpClient client)
    {
        try
        {
            Stream stream = client.GetStream();
            if (Certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(Certificate);
                stream = tls;
            }

            await using (stream)
            {
                Requests.Add(await Read(stream));
                var answer = _answers[Math.Min(Requests.Count, _answers.Length) - 1];
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (Exception cut) when (cut is IOException or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }

    private static async Task<string> Read(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        var text = "";
        int count;
        do
        {
            count = await stream.ReadAsync(buffer);
            text += Encoding.UTF8.GetString(buffer, 0, count);
        }
        while (count > 0 && text.Contains("chunked", StringComparison.Ordinal)
            && !text.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
        return text;
    }
}
