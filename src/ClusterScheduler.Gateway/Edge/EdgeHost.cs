using System.Net.Sockets;
using Akka.Event;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Edge;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterScheduler.Gateway.Edge;

/// <summary>
/// Takes agents that are not members of the cluster: one WebSocket each, opened by the agent, behind the cluster's
/// secret if it has one. It serves nothing else.
/// </summary>
public sealed class EdgeHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _ending = new();
    private readonly ActorSystem _system;
    private readonly BearerToken? _token;
    private readonly IActorRef _master;
    private readonly IActorRef _tasks;
    private readonly Watches _sessions;

    private EdgeHost(
        WebApplication application, ActorSystem system, EdgeListenOptions options, IActorRef master, IActorRef tasks)
    {
        (_application, _system, _master, _tasks) = (application, system, master, tasks);
        _token = options.Secret.Length > 0 ? BearerToken.OfText(options.Secret) : null;
        _sessions = new Watches(options.SessionsMax, "agents outside the membership are connected");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; private set; }

    /// <param name="system">The node's.</param>
    /// <param name="options">Where, and with which secret.</param>
    /// <param name="master">The master, or the proxy that finds it.</param>
    /// <param name="tasks">Takes messages to tasks' entities.</param>
    /// <exception cref="GatewayStartException">The address cannot be used.</exception>
    public static async Task<EdgeHost> Start(
        ActorSystem system, EdgeListenOptions options, IActorRef master, IActorRef tasks)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NodeLifetime>();
        var application = builder.Build();
        var host = new EdgeHost(application, system, options, master, tasks);
        var problems = new ProblemGuard(Logging.GetLogger(system, "edge"));
        application.Use(next => context => problems.Catch(context, next));
        application.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = EdgeSocket.KeepAlive,
            KeepAliveTimeout = EdgeSocket.KeepAlive,
        });
        application.UseRouting();
        application.MapGet(EdgeFrame.Path, host.Serve);
        try
        {
            await application.StartAsync();
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            await host.DisposeAsync();
            throw new GatewayStartException($"{options.Address} cannot be used for edge agents: {taken.Message}");
        }

        host.Port = new Uri(application.Services.GetRequiredService<IServer>().Features
            .GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(stopping.Token);
        await _application.DisposeAsync();
        _ending.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, EdgeListenOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.SessionsMax + 100;
        kestrel.Limits.MaxConcurrentUpgradedConnections = options.SessionsMax;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(options.Address, listen => options.Certificate?.Serve(listen));
    }

    private async Task Serve(HttpContext context)
    {
        if (Refusal(context) is { } refusal)
        {
            context.Response.Headers[EdgeFrame.RefusalHeader] = refusal.Why;
            await Problem.Write(context, refusal.Status, refusal.Code, refusal.Why);
            return;
        }

        using var session = _sessions.Enter();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, context.RequestAborted);
        using var accepted = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new EdgeSocket(accepted);
        var actor = _system.ActorOf(EdgeSessionActor.Props(socket, _master, _tasks));
        try
        {
            await socket.Run(bytes => Hear(actor, socket, bytes), ending.Token);
        }
        finally
        {
            _system.Stop(actor);
        }
    }

    private void Hear(IActorRef actor, EdgeSocket socket, byte[] bytes)
    {
        try
        {
            actor.Tell(new EdgeSessionActor.FromAgent(EdgeFrame.Read(_system, bytes)));
        }
        catch (WireFormatException wrong)
        {
            Logging.GetLogger(_system, "edge").Warning("an agent's connection ends: {0}", wrong.Message);
            socket.Complete();
        }
    }

    private (int Status, string Code, string Why)? Refusal(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!(_token?.IsCarriedBy(headers.Authorization) ?? headers.Authorization.Count == 0))
        {
            return (401, "secret-wrong", "the secret is not this cluster's");
        }

        if (headers[EdgeFrame.ClusterHeader] != _system.Name)
        {
            return (409, "cluster-other",
                $"this is cluster '{_system.Name}', the agent wants '{headers[EdgeFrame.ClusterHeader]}'");
        }

        if (headers[EdgeFrame.VersionHeader] != EdgeFrame.Version)
        {
            return (426, "version-other",
                $"this node speaks version {EdgeFrame.Version} of the edge protocol, the agent "
                + $"'{headers[EdgeFrame.VersionHeader]}': upgrade the older one");
        }

        return context.WebSockets.IsWebSocketRequest
            ? null
            : (426, "websocket-wanted", "only agents connect here, with a WebSocket");
    }
}
