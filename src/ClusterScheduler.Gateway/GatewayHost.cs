using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using Akka.Event;
using ClusterScheduler.Gateway.Agents;
using ClusterScheduler.Gateway.Allocation;
using ClusterScheduler.Gateway.Commands;
using ClusterScheduler.Gateway.Frameworks;
using ClusterScheduler.Gateway.Jobs;
using ClusterScheduler.Gateway.Maintenance;
using ClusterScheduler.Gateway.Roles;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Gateway.Tasks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterScheduler.Gateway;

/// <summary>
/// The HTTP server of a node: on 127.0.0.1, and for other machines only where the node is told so. It is made without
/// any default of the web host, so that neither files nor variables of the environment can open another door.
/// </summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private GatewayHost(WebApplication application, GatewayDoors doors)
    {
        _application = application;
        Port = doors.LocalPort;
        OpenPort = doors.OpenPort;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Where it listens for other machines; none when it does not.</summary>
    public int? OpenPort { get; }

    /// <param name="system">The node's.</param>
    /// <param name="settings">Limits, and the port on 127.0.0.1.</param>
    /// <param name="plane">Whom requests are passed on to.</param>
    /// <param name="token">What every request must carry.</param>
    /// <param name="open">Where it listens for other machines; none: nowhere.</param>
    /// <exception cref="GatewayStartException">An address is taken.</exception>
    public static Task<GatewayHost> Start(
        ActorSystem system, GatewaySettings settings, ControlPlane plane, BearerToken token,
        GatewayListenOptions? open = null) => Listen(settings, token, open, application =>
    {
        application.UseRouting();
        application.Use(next => context =>
        {
            KnownQuery.Check(context);
            return next(context);
        });
        Map(application, system, settings, plane);
        application.MapFallback("{**path}", context => Problem.Write(context, 404, "route-unknown",
            $"there is no {context.Request.Method} {context.Request.Path}")).TakesAny();
    },
        new ProblemGuard(Logging.GetLogger(system, "gateway")));

    /// <summary>
    /// Listens in place of a gateway while the node is in no cluster, and says so: 503, with Retry-After.
    /// </summary>
    /// <inheritdoc cref="Start" path="/param"/>
    /// <inheritdoc cref="Start" path="/exception"/>
    public static Task<GatewayHost> StartWaiting(
        GatewaySettings settings, BearerToken token, GatewayListenOptions? open = null) => Listen(
        settings, token, open, static application => application.Run(static context =>
        {
            context.Response.Headers.RetryAfter =
                ControlPlane.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return Problem.Write(context, 503, "no-cluster",
                "this node is in no cluster at the moment: it was cut off, or stood still, or its store is away, and "
                + "starts anew; running tasks go on. Its first lines and its log say more. Try again in a moment.");
        }));

    private static async Task<GatewayHost> Listen(
        GatewaySettings settings, BearerToken token, GatewayListenOptions? open, Action<WebApplication> serve,
        ProblemGuard? problems = null)
    {
        var doors = new GatewayDoors(settings.Port, open);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            Limit(options, settings);
            doors.Listen(options);
        });
        if (open?.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NodeLifetime>();
        var application = builder.Build();
        if (problems is not null)
        {
            application.Use(next => context => problems.Catch(context, next));
        }

        var guard = new RequestGuard(token, open);
        application.Use(next => context => guard.Check(context, next));
        serve(application);
        try
        {
            await application.StartAsync();
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw new GatewayStartException(doors.Explain(taken));
        }

        return new GatewayHost(application, doors);
    }

    public async ValueTask DisposeAsync()
    {
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(stopping.Token);
        await _application.DisposeAsync();
    }

    private static void Limit(KestrelServerOptions options, GatewaySettings settings)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = settings.RequestBodyBytesMax;
        options.Limits.MaxConcurrentConnections = settings.ConnectionsMax;
        options.Limits.MaxRequestHeaderCount = settings.HeadersMax;
        options.Limits.MaxRequestHeadersTotalSize = settings.HeaderBytesMax;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private static void Map(
        WebApplication application, ActorSystem system, GatewaySettings settings, ControlPlane plane)
    {
        var finder = new TaskFinder(plane);
        var watches = new Watches(settings.WatchesMax, "event streams are open");
        new AgentRoutes(plane).Map(application);
        new FrameworkRoutes(plane).Map(application);
        new CommandRoutes(system, plane.Timeout).Map(application);
        new RoleRoutes(plane).Map(application);
        new WeightRoutes(plane).Map(application);
        new QuotaRoutes(plane).Map(application);
        new MaintenanceRoutes(plane).Map(application);
        new TaskRoutes(plane, finder).Map(application);
        new JobRoutes(plane, settings.RequestBodyBytesMax).Map(application);
        new JobWatchRoute(system, plane, watches, settings.KeepAliveInterval).Map(application);
        new WhyRoutes(plane, finder).Map(application);
        new AllocationRoutes(plane).Map(application);
        new LogRoutes(plane, finder, watches, settings.FollowInterval).Map(application);
        var version = new VersionView(
            "ClusterScheduler",
            ProductVersion(),
            RuntimeInformation.FrameworkDescription,
            Environment.ProcessId,
            DateTimeOffset.UtcNow);
        application.MapGet("/v1/version", context => context.Json(version, GatewayJson.Default.VersionView));
        application.MapGet(
            RequestGuard.OpenPath, context => context.Json(new HealthView("ok"), GatewayJson.Default.HealthView));
    }

    /// <summary>The version of the product, without the commit.</summary>
    public static string ProductVersion() =>
        typeof(GatewayHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "unknown";
}
