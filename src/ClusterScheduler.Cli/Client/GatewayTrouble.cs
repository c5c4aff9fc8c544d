using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Connections;

namespace ClusterScheduler.Cli.Client;

/// <summary>Why a gateway cannot be spoken to, in words that name the way out.</summary>
internal static class GatewayTrouble
{
    public static UserException NotRunning(string directory) => new(
        $"no cluster runs in {directory}. Start one with 'csched dev', or its node with 'csched node', name its "
        + "directory with --data, or name a gateway on another machine with --gateway.")
    {
        MayPass = true,
    };

    /// <summary>What kept a request from reaching the gateway.</summary>
    /// <param name="wrong">What the HTTP client said.</param>
    /// <param name="certificate">What was wrong with the certificate that the gateway showed.</param>
    public static string Explain(HttpRequestException wrong, SslPolicyErrors certificate)
    {
        var socket = Causes.Find<SocketException>(wrong)?.SocketErrorCode;
        return wrong.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the name is not known here",
            HttpRequestError.SecureConnectionError when certificate is not SslPolicyErrors.None => Of(certificate),
            HttpRequestError.SecureConnectionError =>
                $"no TLS connection comes about ("
                + $"{Causes.Find<AuthenticationException>(wrong)?.Message ?? wrong.Message}); "
                + "does it listen with http:// there?",
            _ when socket is SocketError.ConnectionRefused =>
                "nobody listens there (connection refused); on its node, 'gateway' in the first lines says where it "
                + "listens, and --gateway-listen lets other machines connect",
            _ when socket is SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
                "there is no way to that machine",
            _ when socket is SocketError.TimedOut || Causes.Find<TimeoutException>(wrong) is not null => Silent,
            HttpRequestError.ResponseEnded => "the connection ended before it answered; is it https:// there?",
            _ => (wrong.InnerException ?? wrong).Message.TrimEnd('.'),
        };
    }

    /// <summary>Nothing came, for as long as was waited.</summary>
    public const string Silent = "it does not answer";

    /// <summary>Somebody else listens there.</summary>
    public const string NotOne = "what answers there is no gateway of csched";

    private static string Of(SslPolicyErrors certificate) =>
        certificate.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? "its certificate is for another name: say the one that is in it"
            : "its certificate is not trusted here; name the file of who signed it with --ca-file or CSCHED_CA_FILE";
}
