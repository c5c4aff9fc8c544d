namespace ClusterScheduler.Runtime.Settings;

/// <summary>The HTTP gateway: where it listens and what it allows one caller to use.</summary>
/// <param name="Port">On 127.0.0.1; 0: any free one.</param>
/// <param name="Listen">HOST:PORT where it listens besides, for other machines; empty: nowhere.</param>
/// <param name="CertificateFile">PEM, for TLS there; empty: none.</param>
/// <param name="KeyFile">PEM, the certificate's key; empty: it is in the certificate's file.</param>
/// <param name="TokenFile">Has the token that every request carries; empty: a token of the node's own.</param>
/// <param name="AskTimeout">How long a request waits for the control plane before it is answered with 504.</param>
/// <param name="RequestBodyBytesMax">Larger bodies are refused with 413.</param>
/// <param name="ConnectionsMax">More are refused.</param>
/// <param name="HeadersMax">Headers of one request.</param>
/// <param name="HeaderBytesMax">All headers of one request together.</param>
/// <param name="WatchesMax">Event streams and followed logs open at once.</param>
/// <param name="FollowInterval">How often a followed log or a watched job is looked at.</param>
/// <param name="KeepAliveInterval">An event stream in which nothing happens says so this often.</param>
public sealed record GatewaySettings(
    int Port,
    string Listen,
    string CertificateFile,
    string KeyFile,
    string TokenFile,
    TimeSpan AskTimeout,
    long RequestBodyBytesMax,
    int ConnectionsMax,
    int HeadersMax,
    int HeaderBytesMax,
    int WatchesMax,
    TimeSpan FollowInterval,
    TimeSpan KeepAliveInterval)
{
    public static GatewaySettings Read(SettingsReader reader)
    {
        const int textMax = 4096;
        var section = reader.Section("gateway");
        var settings = new GatewaySettings(
            section.Count("port", 0, 65535),
            section.Text("listen", textMax),
            section.Text("certificate-file", textMax),
            section.Text("key-file", textMax),
            section.Text("token-file", textMax),
            section.Duration("ask-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            section.Bytes("request-body-bytes-max", 1024, 64L * 1024 * 1024),
            section.Count("connections-max", 1, 10_000),
            section.Count("headers-max", 8, 1_000),
            (int)section.Bytes("header-bytes-max", 1024, 1024 * 1024),
            section.Count("watches-max", 1, 10_000),
            section.Duration("follow-interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10)),
            section.Duration("keep-alive-interval", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(15)));
        if (settings.KeyFile.Length > 0 && settings.CertificateFile.Length == 0)
        {
            section.Refuse("key-file", "gateway.certificate-file is not set; a key alone is of no use");
        }

        return settings;
    }
}
