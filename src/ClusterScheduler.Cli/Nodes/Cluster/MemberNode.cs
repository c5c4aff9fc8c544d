using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Stores;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// One incarnation of a node: from its actor system's start to its end. It joins, starts the parts of its roles, asks
/// the master which cluster this is, and only then lets its agent begin.
/// </summary>
internal sealed class MemberNode : IAsyncDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SayNoMasterAfter = TimeSpan.FromSeconds(10);

    private readonly MemberPlan _plan;
    private readonly DataDirectory _directory;
    private readonly NodeLog _log;
    private readonly TaskCompletionSource<UserException> _failed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly MemberDoors _doors;
    private readonly WaitingGateway _waiting;
    private Task _rehearsal = Task.CompletedTask;

    private MemberNode(MemberPlan plan, DataDirectory directory, NodeLog log, int port, WaitingGateway waiting)
    {
        _waiting = waiting;
        _plan = plan;
        _directory = directory;
        _log = log;
        _doors = new MemberDoors(plan, directory, log);
        System = plan.Loaded.StartSystem(plan.ClusterName, plan.Loaded.Config
            .WithFallback(plan.Facts(port).EngineConfig())
            .WithFallback(WireSettings.Config));
        Cluster = Akka.Cluster.Cluster.Get(System);
    }

    public ActorSystem System { get; }

    public Akka.Cluster.Cluster Cluster { get; }

    /// <summary>Why this node must not stay, once it is known.</summary>
    public Task<UserException> Failed => _failed.Task;

    public int Port => Cluster.SelfAddress.Port ?? 0;

    public int? GatewayPort => _doors.GatewayPort;

    /// <summary>Starts the actor system, which listens from now on.</summary>
    /// <param name="plan">What the node is.</param>
    /// <param name="directory">Its data directory.</param>
    /// <param name="log">Where it says what happens.</param>
    /// <param name="port">Where it listens; 0: any free port.</param>
    /// <param name="gatewayPort">Where its gateway will; 0: any free port.</param>
    /// <param name="waiting">Has the gateway's addresses until it opens, after an earlier life.</param>
    /// <exception cref="UserException">An address is taken, or its only seed is itself.</exception>
    /// <exception cref="SettingsException">The engine cannot use the settings that are its own.</exception>
    public static MemberNode Create(
        MemberPlan plan, DataDirectory directory, NodeLog log, int port, int gatewayPort, WaitingGateway waiting)
    {
        ListenProbe.Check(plan.Listen.Host, port, "--bind HOST:PORT");
        if (plan.WhyAlone is { } why)
        {
            throw new UserException(why, ExitCode.WrongInput);
        }

        if (!waiting.IsOpen)
        {
            MemberDoors.Check(plan, gatewayPort);
        }

        return new MemberNode(plan, directory, log, port, waiting);
    }

    /// <summary>Becomes a member, and starts the parts. Its agent follows by itself.</summary>
    /// <param name="gatewayPort">Where the gateway listens.</param>
    /// <param name="known">Learns of the other masters.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <returns>False: it was removed again before it had started them; its actor system ends.</returns>
    /// <exception cref="UserException">The node was not let in.</exception>
    public async Task<bool> Join(int gatewayPort, KnownMasters known, CancellationToken interrupted)
    {
        System.ActorOf(
            NodeReporter.Props(_log, known, refused => _failed.TrySetResult(AgentEnd.Of(refused))), "reporter");
        await Joining.Join(Cluster, _plan, interrupted);
        await ClaimStore(interrupted);
        if (MemberParts.Start(System, _plan) is not { } services)
        {
            return false;
        }

        StartAnewWhenAlone(known);
        await _waiting.Close();
        await _doors.Open(System, services, gatewayPort);
        _ = Identify();
        return true;
    }

    /// <summary>Only a member may say whose the store is: one that is not let in may have named another's.</summary>
    private async Task ClaimStore(CancellationToken interrupted)
    {
        if (_plan.Store is { } store)
        {
            await StoreProbe.Claim(
                store, _plan.ClusterName, _plan.Settings.Cluster.Shards, _plan.Settings.Cluster.JoinTimeout,
                why => _log.Report($"waiting: {why}"), interrupted);
        }
    }

    /// <summary>Gets ready to take over from another node, if this one may and is to.</summary>
    public void Rehearse()
    {
        if (_plan.Settings.Cluster.Rehearse && (_plan.Roles.Master || _plan.Roles.Framework))
        {
            _rehearsal = RehearseAsync();
        }
    }

    /// <summary>It is no member any more: whoever asks hears so at once, while the rest of it ends.</summary>
    /// <param name="gatewayPort">Where the gateway listened.</param>
    public async Task CloseDoors(int gatewayPort)
    {
        await _doors.DisposeAsync();
        await _waiting.Open(gatewayPort);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _doors.DisposeAsync();
        var stopped = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await Task.WhenAny(Task.WhenAll(stopped, _rehearsal), Task.Delay(_plan.Settings.Node.StopTimeout));
        _ending.Dispose();
    }

    private void StartAnewWhenAlone(KnownMasters known)
    {
        var patience = _plan.Settings.Cluster.JoinTimeout;
        if (!_plan.Roles.Master)
        {
            System.ActorOf(LeftAlone.Props(patience), "left-alone");
        }
        else if (_plan.Facts(Port).FoundsBeside)
        {
            var knowsOthers = !known.IsEmpty || _plan.Seeds.Any(seed => seed != Cluster.SelfAddress);
            System.ActorOf(LoneMaster.Props(ClusterRefs.Of(System).Master, patience, knowsOthers), "lone-master");
        }
    }

    /// <summary>Nothing depends on it but how fast this node takes over.</summary>
    private async Task RehearseAsync()
    {
        var log = Logging.GetLogger(System, "rehearsal");
        try
        {
            log.Info("a takeover was rehearsed in {0}", await Rehearsal.Play(
                _directory.Inside("rehearsal"), _ending.Token));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            log.Debug("the node ends before its rehearsal does");
        }
        catch (Exception failure)
        {
            log.Warning("a takeover could not be rehearsed; a real one may take a second longer: {0}", failure.Message);
        }
    }

    /// <summary>Nothing of an agent's work is touched before it is sure that it is this cluster's.</summary>
    private async Task Identify()
    {
        try
        {
            var identity = await AskMaster();
            Belonging.Check(identity, System.Scheduler.Now, _plan.Settings.Cluster.ClockSkewMax, _directory);
            if (_plan.Agent is { } agent)
            {
                AgentParts.Start(System, _plan.Settings, agent, _plan.Directory);
            }
        }
        catch (UserException wrong)
        {
            _failed.TrySetResult(wrong);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<MasterProtocol.MasterIdentity> AskMaster()
    {
        var waiting = Stopwatch.StartNew();
        var isSaid = false;
        while (true)
        {
            try
            {
                return await ClusterRefs.Of(System).Master.Ask<MasterProtocol.MasterIdentity>(
                    new MasterProtocol.IdentifyMaster(), AskAgainAfter, _ending.Token);
            }
            catch (AskTimeoutException)
            {
                if (!isSaid && waiting.Elapsed > SayNoMasterAfter)
                {
                    isSaid = true;
                    _log.Report("no master answers yet; a node of the role master must be there");
                }
            }
        }
    }
}
