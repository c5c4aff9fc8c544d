using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>Listens on 127.0.0.1 and says the same to everybody who sends something.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    /// <summary>For TLS; none: plain.</summary>
    public X509Certificate2? Certificate { get; }

    private readonly byte[] _answer;

    /// <param name="answer">All that it sends; then it closes the connection.</param>
    /// <param name="certificate">For TLS; none: plain.</param>
    public StubServer(string answer, X509Certificate2? certificate = null)
    {
        _answer = Encoding.UTF8.GetBytes(answer);
        Certificate = certificate;
        _listener.Start();
        _ = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The headers of the newest request.</summary>
    public string Heard { get; private set; } = "";

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
                var buffer = new byte[16 * 1024];
                var count = await stream.ReadAsync(buffer);
                Heard = Encoding.UTF8.GetString(buffer, 0, count);
                await stream.WriteAsync(_answer);
            }
        }
        catch (Exception cut) when (cut is IOException or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }
}
