using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Client;

/// <summary>
/// Carries requests to a gateway; of several, to the first that can be reached, and from then on to that one as long
/// as it can. Only what surely did not reach one gateway is sent to the next.
/// </summary>
internal sealed class GatewayTransport : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>More than any gateway takes until the first word of its answer (gateway.ask-timeout, 1 min).</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(90);

    private readonly Action<string> _say;
    private readonly GatewayPlace _place;
    private readonly HttpClient _http;
    private SslPolicyErrors _certificate;
    private int _current;
    private bool _isSaid;

    /// <param name="place">Where they are.</param>
    /// <param name="say">Told once that an answer is waited for.</param>
    public GatewayTransport(GatewayPlace place, Action<string> say)
    {
        _say = say;
        _place = place;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            SslOptions = { RemoteCertificateValidationCallback = IsTrusted },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", place.Token);
    }

    /// <summary>
    /// For reads, which another gateway may answer, or this one later: more than one takes that asks several times
    /// (gateway.ask-timeout, 5 s unless it is set).
    /// </summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Of an answer that has begun: three times as long as a gateway is ever silent
    /// (gateway.keep-alive-interval, at most 15 s).</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>When it is said that an answer is waited for.</summary>
    public TimeSpan SayAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The gateway that is spoken to.</summary>
    public Uri Address => _place.Addresses[_current];

    /// <exception cref="UserException">None can be reached.</exception>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancelled)
    {
        var troubles = new List<string>();
        var isSilent = false;
        for (var tried = 0; tried < _place.Addresses.Length; tried++)
        {
            var (response, trouble) = await Try(method, path, content, cancelled);
            if (response is not null)
            {
                return response;
            }

            isSilent = trouble == GatewayTrouble.Silent;
            troubles.Add($"the gateway {Address.GetLeftPart(UriPartial.Authority)} cannot be reached: {trouble}");
            _current = (_current + 1) % _place.Addresses.Length;
        }

        throw _place.Directory is { } directory && !isSilent
            ? GatewayTrouble.NotRunning(directory)
            : new UserException(string.Join('\n', troubles)) { MayPass = true };
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpResponseMessage? Response, string? Trouble)> Try(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancelled)
    {
        _certificate = SslPolicyErrors.None;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(method == HttpMethod.Get ? ReadTimeout : AnswerTimeout);
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        try
        {
            var answer = _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await SayWhenLate(answer);
            return (await answer, null);
        }
        catch (HttpRequestException wrong) when (wrong.HttpRequestError is HttpRequestError.InvalidResponse)
        {
            throw new UserException($"{Address.GetLeftPart(UriPartial.Authority)}: {GatewayTrouble.NotOne}");
        }
        catch (HttpRequestException wrong)
        {
            var why = GatewayTrouble.Explain(wrong, _certificate);
            return IsUnsent(wrong)
                ? (null, why)
                : throw new UserException($"the gateway {Address.Authority} did not answer: {why}. "
                    + "What was asked for may have been done all the same.")
                {
                    MayPass = true,
                };
        }
        catch (OperationCanceledException timeout) when (!cancelled.IsCancellationRequested)
        {
            var isUnsent = !patience.IsCancellationRequested && timeout.InnerException is TimeoutException;
            return isUnsent || method == HttpMethod.Get
                ? (null, GatewayTrouble.Silent)
                : throw new UserException($"the gateway {Address.Authority} did not answer within "
                    + $"{AnswerTimeout.TotalSeconds:0} s. What was asked for may have been done all the same.");
        }
        finally
        {
            // It is the caller's, and may be sent once more.
            request.Content = null;
        }
    }

    private async Task SayWhenLate(Task answer)
    {
        if (!_isSaid && await Task.WhenAny(answer, Task.Delay(SayAfter)) != answer)
        {
            _isSaid = true;
            _say($"waiting for the gateway {Address.GetLeftPart(UriPartial.Authority)} to answer");
        }
    }

    private static bool IsUnsent(HttpRequestException wrong) => wrong.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError;

    private bool IsTrusted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && _place.Trusted.Count > 0 && shown is not null)
        {
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(_place.Trusted);
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
            if (own.Build(X509CertificateLoader.LoadCertificate(shown.Export(X509ContentType.Cert))))
            {
                return true;
            }
        }

        _certificate = errors;
        return errors == SslPolicyErrors.None;
    }
}
