using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Client;

/// <summary>Speaks to the gateway of a running <c>csched dev</c>, found through its data directory.</summary>
internal sealed class GatewayClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _directory;

    private GatewayClient(HttpClient http, string directory)
    {
        _http = http;
        _directory = directory;
    }

    /// <exception cref="UserException">Nothing runs there.</exception>
    public static GatewayClient Open(string? data)
    {
        var directory = DataDirectory.Resolve(data);
        var endpoint = Path.Combine(directory, DataDirectory.EndpointFile);
        var token = Path.Combine(directory, DataDirectory.TokenFile);
        if (!File.Exists(endpoint) || !File.Exists(token))
        {
            throw NotRunning(directory);
        }

        try
        {
            var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
            {
                BaseAddress = new Uri(File.ReadAllText(endpoint).Trim()),
                Timeout = Timeout.InfiniteTimeSpan,
            };
            http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Bearer", File.ReadAllText(token).Trim());
            return new GatewayClient(http, directory);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or UriFormatException)
        {
            throw new UserException($"the cluster in {directory} cannot be reached: {wrong.Message}");
        }
    }

    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Get, path, null, cancelled);
        return await Body(response, type, cancelled);
    }

    /// <summary>The answer as it came, for scripts.</summary>
    public async Task<string> GetText(string path, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Get, path, null, cancelled);
        return await response.Content.ReadAsStringAsync(cancelled);
    }

    /// <inheritdoc cref="GetText"/>
    public async Task<string> PostText(string path, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Post, path, null, cancelled);
        return await response.Content.ReadAsStringAsync(cancelled);
    }

    public async Task<T> Post<T>(
        string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Post, path, content, cancelled);
        return await Body(response, type, cancelled);
    }

    /// <summary>PUT.</summary>
    public async Task<T> Put<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var content = JsonContent.Create(body, bodyType);
        using var response = await Send(HttpMethod.Put, path, content, cancelled);
        return await Body(response, type, cancelled);
    }

    /// <summary>DELETE.</summary>
    public async Task<T> Delete<T>(string path, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Delete, path, null, cancelled);
        return await Body(response, type, cancelled);
    }

    /// <summary>The answer as it grows.</summary>
    public async Task<HttpResponseMessage> Open(string path, CancellationToken cancelled) =>
        await Send(HttpMethod.Get, path, null, cancelled);

    public void Dispose() => _http.Dispose();

    private static async Task<T> Body<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancelled);
        return await JsonSerializer.DeserializeAsync(body, type, cancelled)
            ?? throw new UserException("the gateway answered with nothing");
    }

    private async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancelled)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancelled);
        }
        catch (HttpRequestException unreachable) when (unreachable.StatusCode is null)
        {
            throw NotRunning(_directory);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refused(response, cancelled);
        }
    }

    private static async Task<UserException> Refused(HttpResponseMessage response, CancellationToken cancelled)
    {
        if (response.Content.Headers.ContentType?.MediaType != Problem.ContentType)
        {
            return new UserException($"the gateway answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }

        var problem = await Body(response, GatewayJson.Default.Problem, cancelled);
        var code = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? ExitCode.WrongInput
            : ExitCode.Failed;
        var errors = problem.Errors.IsDefaultOrEmpty ? "" : "\n" + string.Join('\n', problem.Errors);
        return new UserException(problem.Detail + errors, code);
    }

    private static UserException NotRunning(string directory) =>
        new($"no cluster runs in {directory}. Start one with 'csched dev', or name its directory with --data.");
}
