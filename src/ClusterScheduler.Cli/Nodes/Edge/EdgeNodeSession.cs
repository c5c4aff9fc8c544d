using Akka.Actor;
using ClusterScheduler.Agent.Edge;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Edge;

/// <summary>
/// csched node --edge: an agent that is no member of the cluster, until it is told to stop. It needs nothing but one
/// outgoing connection; while that is cut its tasks run on, and what becomes of them waits in its directory.
/// </summary>
internal sealed class EdgeNodeSession(EdgePlan plan, DataDirectory directory, NodeLog log)
{
    private readonly TaskCompletionSource _identified = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UserException> _failed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs it to its end; the exit code.</summary>
    /// <exception cref="UserException">The cluster does not take it.</exception>
    public async Task<int> Run(CancellationToken interrupted)
    {
        log.Say($"csched node outside the cluster '{plan.Settings.Cluster.Name}': agent");
        log.Say($"  data     {plan.Directory}");
        log.Say($"  agent    {plan.Agent.Hostname}: {plan.Agent.Resources}");
        using var system = plan.Loaded.StartSystem(
            plan.Settings.Cluster.Name, plan.Loaded.Config.WithFallback(WireSettings.Config));
        system.ActorOf(EdgeReporter.Props(log, wrong => _failed.TrySetResult(wrong)), "reporter");
        var link = system.ActorOf(
            EdgeLinkActor.Props(new EdgeOptions(plan.Hosts, plan.SharedSecret)
            {
                IsOurs = identity => IsOurs(identity, system.Scheduler.Now),
            }),
            "edge-link");
        ClusterRefs.Of(system).Set(link, link, link);

        var stopping = interrupted.WhenCancelled();
        var ended = await Task.WhenAny(stopping, _failed.Task, _identified.Task);
        if (ended == _identified.Task)
        {
            AgentParts.Start(system, plan.Settings, plan.Agent, plan.Directory);
            ended = await Task.WhenAny(stopping, _failed.Task);
        }

        if (ended == stopping)
        {
            log.Report("stopping; running tasks go on");
        }

        await Task.WhenAny(
            CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance),
            Task.Delay(plan.Settings.Node.StopTimeout, CancellationToken.None));
        if (ended != stopping)
        {
            throw await _failed.Task;
        }

        log.Report("stopped");
        return ExitCode.Done;
    }

    /// <summary>As of a member: before anything of the agent's work is touched, and at every new connection.</summary>
    private bool IsOurs(MasterProtocol.MasterIdentity identity, DateTimeOffset now)
    {
        try
        {
            Belonging.Check(identity, now, plan.Settings.Cluster.ClockSkewMax, directory);
            _identified.TrySetResult();
            return true;
        }
        catch (UserException wrong)
        {
            _failed.TrySetResult(wrong);
            return false;
        }
    }
}
