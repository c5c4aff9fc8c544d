using System.Diagnostics;
using Akka.Actor;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Gateway;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Services;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>
/// A whole cluster in this process: the only place that knows all the parts. They start from the bottom up, level
/// one first, and stop in the reverse order.
/// </summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);

    private readonly NodePlan _plan;

    private ClusterNode(NodePlan plan, ActorSystem system)
    {
        _plan = plan;
        System = system;
    }

    public ActorSystem System { get; }

    /// <summary>The service scheduler.</summary>
    public IActorRef Services { get; private set; } = ActorRefs.Nobody;

    /// <summary>How long a part may take to answer.</summary>
    public TimeSpan AskTimeout => _plan.Settings.Gateway.AskTimeout;

    public IReadOnlyList<string> Hosts => [.. _plan.Agents.Select(agent => agent.Name)];

    /// <summary>Starts every part and waits until all agents have registered.</summary>
    public static async Task<ClusterNode> Start(NodePlan plan, CancellationToken interrupted)
    {
        var node = new ClusterNode(plan, plan.Loaded.StartSystem(
            "cluster-scheduler", plan.Loaded.Config.WithFallback(WireSettings.Config)));
        try
        {
            node.StartParts();
            await node.AllRegistered(interrupted);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async Task<GatewayHost> OpenGateway(GatewaySettings settings, string tokenFile)
    {
        var refs = ClusterRefs.Of(System);
        var plane = new ControlPlane(refs.Master, refs.Frameworks, refs.Tasks, Services, settings.AskTimeout);
        return await GatewayHost.Start(System, settings, plane, BearerToken.OfFile(tokenFile));
    }

    public async Task<MasterProtocol.AgentList> Agents(CancellationToken cancelled) =>
        (MasterProtocol.AgentList)await ClusterRefs.Of(System).Master.Ask<object>(
            new MasterProtocol.ListAgents(), AskTimeout, cancelled);

    public async ValueTask DisposeAsync()
    {
        var stopped = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(_plan.Settings.Node.StopTimeout));
    }

    private void StartParts()
    {
        var frameworks = LevelOne.Start(System, _plan.Settings);
        Services = System.StartServices(frameworks, _plan.Settings.Services);
        ClusterRefs.Of(System).SetServices(Services);
        NodeAgents.Start(System, _plan);
    }

    private async Task AllRegistered(CancellationToken interrupted)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < _plan.Settings.Node.StartTimeout)
        {
            interrupted.ThrowIfCancellationRequested();
            if (await ActiveAgents(interrupted) >= _plan.Agents.Length)
            {
                return;
            }

            await Task.Delay(PollInterval, interrupted);
        }

        throw new UserException(
            $"not all agents registered within {_plan.Settings.Node.StartTimeout.TotalSeconds:0} s; "
            + $"the log {Path.Combine(_plan.Directory, "log")} says more");
    }

    /// <summary>A master that is not in office yet does not answer: it is asked again soon.</summary>
    private async Task<int> ActiveAgents(CancellationToken interrupted)
    {
        try
        {
            var list = (MasterProtocol.AgentList)await ClusterRefs.Of(System).Master.Ask<object>(
                new MasterProtocol.ListAgents(), AskAgainAfter, interrupted);
            return list.Agents.Count(agent => agent.Standing == MasterProtocol.AgentStanding.Active);
        }
        catch (AskTimeoutException)
        {
            return 0;
        }
    }
}
