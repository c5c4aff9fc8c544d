using Microsoft.Extensions.Hosting;

namespace ClusterScheduler.Gateway.Http;

/// <summary>The node decides when it ends; a web host must not listen to signals.</summary>
internal sealed class NodeLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
