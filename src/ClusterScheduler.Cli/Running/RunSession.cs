using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Gateway.Jobs;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Running;

/// <summary>csched run: a cluster for one job file, from its start to its end.</summary>
internal sealed class RunSession : IDisposable
{
    private static readonly TimeSpan LoadInterval = TimeSpan.FromMilliseconds(250);

    private readonly RunRequest _request;
    private readonly JobFile _file;
    private readonly Interrupts _interrupts = new();
    private readonly IRunView _view;
    private readonly DateTime _began = Process.GetCurrentProcess().StartTime;
    private ImmutableArray<AgentProgress> _agents = [];
    private RunSnapshot _last = RunSnapshot.Empty;

    private RunSession(RunRequest request, JobFile file)
    {
        _request = request;
        _file = file;
        _view = request.Json ? new JsonRunView(request.Output)
            : Screen.IsTerminal ? new LiveRunView(request.Output, Screen.HasColor)
            : new PlainRunView(request.Output);
    }

    private TimeSpan Elapsed => DateTime.Now - _began;

    public static async Task<int> Run(RunRequest request)
    {
        var source = JobFileReader.Read(request.File);
        if (source.Reading.File is not { } file)
        {
            await request.Errors.WriteAsync(FindingText.Render(source));
            return ExitCode.WrongInput;
        }

        using var session = new RunSession(request, file);
        return await session.Run();
    }

    public void Dispose()
    {
        _view.Dispose();
        _interrupts.Dispose();
    }

    private async Task<int> Run()
    {
        var path = RunDirectory.Choose(_request.Data, _request.File, DateTimeOffset.Now);
        var profile = NodeProfile.InMemory(path);
        var loaded = SettingsLoader.Load(NodeSources.Of(_request.Config, []) with { Profile = profile });
        var settings = ClusterSettings.Read(loaded.Reader());
        var agents = Agents(settings);
        FitCheck.Refuse(_request.File, _file, agents);

        using var directory = DataDirectory.Take(path);
        await using var node = await ClusterNode.Start(
            new NodePlan(path, loaded, settings, agents) { TasksEndWithNode = true }, _interrupts.First);
        var accepted = await Submit(node);
        _view.Ready(new RunStart(
            Elapsed, node.Hosts, accepted.Jobs.Length, accepted.Jobs.Sum(job => job.Instances), path));
        var progress = new RunProgress(accepted.Jobs);
        await Watch(node, accepted.Submission, progress);
        if (_request.Explain)
        {
            await PlacementText.Write(node, accepted.Submission, _view);
        }

        var outcome = new RunOutcome(
            _last,
            _interrupts.First.IsCancellationRequested,
            path,
            RunResults.Outputs(_file, _last, path),
            RunResults.Failures(_last, path));
        _view.Ended(outcome);
        return outcome.Interrupted ? ExitCode.Interrupted
            : outcome.Succeeded ? ExitCode.Done
            : ExitCode.Failed;
    }

    private ImmutableArray<AgentSpec> Agents(ClusterSettings settings) =>
        _request.Agents is { } count ? AgentSpec.Defaults(count)
        : _file.Agents.IsEmpty ? AgentSpec.Defaults(settings.Node.Agents)
        : _file.Agents;

    private async Task<ServicesProtocol.JobsAccepted> Submit(ClusterNode node) =>
        await node.Services.Ask<object>(
            new ServicesProtocol.SubmitJobs(_file), node.AskTimeout, CancellationToken.None) switch
        {
            ServicesProtocol.JobsAccepted accepted => accepted,
            ServicesProtocol.RequestRefused refused => throw new UserException(refused.Reason.Describe()),
            var other => throw new InvalidOperationException($"SubmitJobs was answered with {other}"),
        };

    private async Task Watch(ClusterNode node, long submission, RunProgress progress)
    {
        var changes = Channel.CreateUnbounded<ServicesProtocol.JobsChanged>();
        node.System.ActorOf(JobWatcher.Props(node.Services, submission, changes.Writer), "run-watcher");
        using var load = new PeriodicTimer(LoadInterval);
        var change = changes.Reader.WaitToReadAsync().AsTask();
        var tick = load.WaitForNextTickAsync().AsTask();
        var interrupted = _interrupts.First.WhenCancelled();
        var atOnce = _interrupts.Second.WhenCancelled();
        Show(progress);
        while (!_last.Ended)
        {
            var first = await Task.WhenAny(atOnce, interrupted, change, tick);
            if (first == atOnce)
            {
                _view.Note("interrupted again: tasks are killed at once");
                return;
            }

            if (first == interrupted)
            {
                _view.Note("interrupted: tasks are asked to end; once more kills them at once");
                KillAll(node, progress);
                interrupted = atOnce;
            }
            else if (first == change)
            {
                Drain(changes.Reader, progress);
                change = changes.Reader.WaitToReadAsync().AsTask();
                Show(progress);
            }
            else
            {
                await Load(node);
                tick = load.WaitForNextTickAsync().AsTask();
                Show(progress);
            }
        }
    }

    private static void Drain(ChannelReader<ServicesProtocol.JobsChanged> changes, RunProgress progress)
    {
        while (changes.TryRead(out var change))
        {
            progress.Take(change);
        }
    }

    private void Show(RunProgress progress)
    {
        var now = progress.Snapshot(Elapsed, _agents);
        _view.Changed(_last, now);
        _last = now;
    }

    private async Task Load(ClusterNode node)
    {
        var agents = await node.Agents(CancellationToken.None);
        _agents = [.. agents.Agents.OrderBy(agent => agent.Info.Hostname, StringComparer.Ordinal).Select(agent =>
            new AgentProgress(
                agent.Info.Hostname,
                agent.Used.Cpus.ToDecimal(),
                agent.Info.Resources.Cpus.ToDecimal(),
                agent.Tasks.Length))];
    }

    private static void KillAll(ClusterNode node, RunProgress progress)
    {
        foreach (var key in progress.Keys)
        {
            node.Services.Tell(new ServicesProtocol.KillJob(key, []), ActorRefs.NoSender);
        }
    }
}
