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

    /// <param name="place">Where gateways are.</param>
    /// <param name="transport">Carries requests there; it ends with this.</param>
    public GatewayClient(GatewayPlace place, GatewayTransport transport)
    {
        _place = place;
        _transport = transport;
    }

    /// <param name="wish">What the user says of it.</param>
    /// <param name="say">Told once that an answer is waited for.</param>
    /// <exception cref="UserException">Nothing runs there.</exception>
    public static GatewayClient Open(GatewayWish wish, Action<string> say)
    {
        var place = GatewayPlace.Of(wish);
        return new GatewayClient(place, new GatewayTransport(place, say));
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

    /// <summary>Who answered last, as scheme, host and port.</summary>
    public string Name => _transport.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>The answer as it grows, to be read with <see cref="Body"/>.</summary>
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

    /// <summary>What it says, in words of a user where it breaks off.</summary>
    public async Task<AnswerStream> Body(HttpResponseMessage response, CancellationToken cancelled) =>
        new(await response.Content.ReadAsStreamAsync(cancelled), _transport.SilenceMax, Name);

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

        using var reader = new StreamReader(await Body(response, cancelled));
        return await reader.ReadToEndAsync(cancelled);
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
        var mayPass = response.StatusCode
            is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        if (response.Content.Headers.ContentType?.MediaType != Problem.ContentType)
        {
            // Where it may pass, it is perhaps a proxy before a gateway that is not there.
            return new UserException($"{NotOne().Message}: it answered {(int)response.StatusCode} "
                + $"{response.ReasonPhrase}")
            {
                MayPass = mayPass,
            };
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
            MayPass = mayPass,
        };
    }

    private UserException NotOne() => new($"{Name}: {GatewayTrouble.NotOne}");
}
