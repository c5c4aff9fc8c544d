using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Client;

/// <summary>Speaks to the gateway of a running node.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const string Json = "application/json";

    private readonly GatewayTransport _transport;
    private readonly GatewayPlace _place;

    private GatewayClient(GatewayPlace place, Action<string> say)
    {
        _place = place;
        _transport = new GatewayTransport(place, say);
    }

    /// <param name="wish">What the user says of it.</param>
    /// <param name="say">Told once that an answer is waited for.</param>
    /// <exception cref="UserException">Nothing runs there.</exception>
    public static GatewayClient Open(GatewayWish wish, Action<string> say) => new(GatewayPlace.Of(wish), say);

    public async Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Get, path, null, cancelled);
        return await Body(response, type, cancelled);
    }

    /// <summary>The answer as it came, for scripts.</summary>
    public async Task<string> GetText(string path, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Get, path, null, cancelled);
        return await Text(response, cancelled);
    }

    /// <inheritdoc cref="GetText"/>
    public async Task<string> PostText(string path, CancellationToken cancelled)
    {
        using var response = await Send(HttpMethod.Post, path, null, cancelled);
        return await Text(response, cancelled);
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
    public async Task<HttpResponseMessage> Open(string path, CancellationToken cancelled)
    {
        var response = await Send(HttpMethod.Get, path, null, cancelled);
        if (response.Content.Headers.ContentType?.MediaType is "text/event-stream" or "application/octet-stream")
        {
            return response;
        }

        response.Dispose();
        throw NotOne();
    }

    public void Dispose() => _transport.Dispose();

    private async Task<T> Body<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancelled)
    {
        try
        {
            return JsonSerializer.Deserialize(await Text(response, cancelled), type) ?? throw NotOne();
        }
        catch (JsonException)
        {
            throw NotOne();
        }
    }

    private async Task<string> Text(HttpResponseMessage response, CancellationToken cancelled)
    {
        if (response.Content.Headers.ContentType?.MediaType is not (Json or Problem.ContentType))
        {
            throw NotOne();
        }

        try
        {
            return await response.Content.ReadAsStringAsync(cancelled);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new UserException($"the connection to the gateway {Name} ended in the middle of its answer");
        }
    }

    private async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancelled)
    {
        var response = await _transport.Send(method, path, content, cancelled);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refused(response, cancelled);
        }
    }

    private async Task<UserException> Refused(HttpResponseMessage response, CancellationToken cancelled)
    {
        if (response.Content.Headers.ContentType?.MediaType != Problem.ContentType)
        {
            return new UserException($"{NotOne().Message}: it answered {(int)response.StatusCode} "
                + $"{response.ReasonPhrase}");
        }

        if (response.StatusCode is HttpStatusCode.Unauthorized)
        {
            return new UserException($"the gateway {Name} refuses the token in {_place.TokenSource}: it is that of "
                + "another node, or an older one");
        }

        var problem = await Body(response, GatewayJson.Default.Problem, cancelled);
        var code = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? ExitCode.WrongInput
            : ExitCode.Failed;
        var errors = problem.Errors.IsDefaultOrEmpty ? "" : "\n" + string.Join('\n', problem.Errors);
        return new UserException(problem.Detail + errors, code)
        {
            IsConflict = response.StatusCode is HttpStatusCode.Conflict,
        };
    }

    private string Name => _transport.Address.GetLeftPart(UriPartial.Authority);

    private UserException NotOne() => new($"{Name}: {GatewayTrouble.NotOne}");
}
