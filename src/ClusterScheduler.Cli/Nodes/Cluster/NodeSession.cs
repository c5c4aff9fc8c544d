using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Edge;
using ClusterScheduler.Cli.Nodes.Stores;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// csched node: a member of a cluster until it is told to stop. A member that was removed, because it was cut off or
/// frozen for too long, cannot come back as the one that it was: it starts anew in this process, and its tasks, which
/// ran on, are taken up again.
/// </summary>
internal sealed class NodeSession
{
    private static readonly Backoff Pause = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    private readonly MemberPlan _plan;
    private readonly DataDirectory _directory;
    private readonly Interrupts _interrupts;
    private readonly NodeLog _log;
    private readonly KnownMasters _known = new();
    private readonly WaitingGateway _waiting;
    private int _port;
    private int _gatewayPort;
    private bool _hasLeft;

    private NodeSession(MemberPlan plan, DataDirectory directory, Interrupts interrupts, NodeLog log)
    {
        _plan = plan;
        _directory = directory;
        _interrupts = interrupts;
        _log = log;
        _waiting = new WaitingGateway(plan, directory);
        _port = plan.Listen.Port;
        _gatewayPort = plan.Settings.Gateway.Port;
    }

    /// <param name="path">The data directory.</param>
    /// <param name="profile">Names a profile of the program; none: the defaults.</param>
    /// <param name="sources">What the user says.</param>
    /// <param name="output">Where it says what happens.</param>
    public static async Task<int> Run(string path, string? profile, SettingsSources sources, TextWriter output)
    {
        using var interrupts = new Interrupts();
        using var directory = DataDirectory.Take(path, ExitCode.DirectoryTaken);
        var loaded = ProfileFiles.Load(path, profile, sources);
        var settings = ClusterSettings.Read(loaded.Reader());
        var log = new NodeLog(output);
        try
        {
            return settings.Node.Edge
                ? await new EdgeNodeSession(EdgePlan.Of(path, loaded, settings), directory, log).Run(interrupts.First)
                : await new NodeSession(MemberPlan.Of(path, loaded), directory, interrupts, log).Run();
        }
        catch (OperationCanceledException) when (interrupts.First.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        finally
        {
            directory.RemoveEndpoint();
        }
    }

    private async Task<int> Run()
    {
        Greet();
        await CheckStore(_plan.Settings.Cluster.JoinTimeout);
        try
        {
            await LiveAgainAndAgain();
            _log.Report("stopped");
            return ExitCode.Done;
        }
        finally
        {
            await _waiting.Close();
        }
    }

    private async Task LiveAgainAndAgain()
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await Live(attempt))
            {
                attempt = 0;
            }

            if (_hasLeft || _interrupts.First.IsCancellationRequested)
            {
                return;
            }

            await _waiting.Open(_gatewayPort);
            await Task.Delay(Pause.After(attempt), _interrupts.First);
            await WaitForStore();
        }
    }

    /// <summary>Says what is the matter with it; otherwise it would be said that nobody lets this node in.</summary>
    private async Task WaitForStore()
    {
        try
        {
            await CheckStore(TimeSpan.MaxValue);
        }
        catch (UserException wrong)
        {
            _log.Report($"tried again all the same: {wrong.Message}");
        }
    }

    private Task CheckStore(TimeSpan patience) => _plan.Store is { } store
        ? StoreProbe.Check(
            store, _plan.ClusterName, _plan.Settings.Cluster.Shards, patience, why => _log.Report($"waiting: {why}"),
            _interrupts.First)
        : Task.CompletedTask;

    /// <summary>One incarnation, to its end.</summary>
    /// <param name="attempt">0 at the start of the process, then counted from 1 after each life as a member.</param>
    /// <returns>Whether it had become a member.</returns>
    private async Task<bool> Live(int attempt)
    {
        var began = Stopwatch.StartNew();
        var isFirst = attempt == 0;
        var plan = _plan with { Seeds = _known.SeedsFor(attempt, _plan.Seeds) };
        await using var node = MemberNode.Create(plan, _directory, _log, _port, _gatewayPort, _waiting);
        _port = node.Port;
        _log.Say($"  address  {node.Cluster.SelfAddress}");
        var shutdown = CoordinatedShutdown.Get(node.System);
        try
        {
            if (!await node.Join(_gatewayPort, _known, _interrupts.First))
            {
                _log.Report("removed from the cluster as soon as it had joined; starting anew");
                return true;
            }
        }
        catch (UserException refused) when (!isFirst)
        {
            _log.Report($"not let in, and tried again: {refused.Message}");
            return false;
        }

        _gatewayPort = node.GatewayPort ?? _gatewayPort;
        Joined(node, began.Elapsed);
        if (isFirst)
        {
            // What it gets ready is the process, which is the same in later lives.
            node.Rehearse();
        }

        var interrupted = _interrupts.First.WhenCancelled();
        var ended = await Task.WhenAny(interrupted, node.System.WhenTerminated, node.Failed);
        if (ended == node.Failed)
        {
            throw await node.Failed;
        }

        var tasks = _plan.Roles.Agent ? "; running tasks go on" : "";
        _hasLeft = ended != interrupted
            && shutdown.ShutdownReason is CoordinatedShutdown.ClusterLeavingReason;
        _log.Report(ended == interrupted ? $"leaving the cluster{tasks}"
            : _hasLeft ? $"left the cluster, as an operator asked{tasks}"
            : $"removed from the cluster; starting anew{tasks}");
        if (ended != interrupted && !_hasLeft)
        {
            await node.CloseDoors(_gatewayPort);
        }

        return true;
    }

    private void Greet()
    {
        _log.Say($"csched node of the cluster '{_plan.ClusterName}': {_plan.Roles}");
        _log.Say($"  data     {_plan.Directory}");
        if (_plan.Store is { } store)
        {
            _log.Say($"  store    {store.Display}");
        }

        if (_plan.Agent is { } agent)
        {
            _log.Say($"  agent    {agent.Hostname}: {agent.Resources}");
        }
    }

    private void Joined(MemberNode node, TimeSpan took)
    {
        var seconds = took.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        _log.Report($"ready: joined as {node.Cluster.SelfAddress} in {seconds} s");
    }
}
