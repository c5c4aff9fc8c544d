using Akka.Actor;
using Akka.Cluster;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Sdk.Joining;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// The process of a framework's author beside a cluster, as a member that hosts nothing: this one. It joins again when
/// it was counted as lost.
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    public const string Role = "witness";

    // Threads of the pool that wait for processes must leave some to this member: its leases may be a second long.
    private const int ThreadsMin = 16;

    private readonly CancellationTokenSource _over = new();
    private readonly Task _running;

    public Witness(RealCluster cluster, TaskLog log)
    {
        ThreadPool.SetMinThreads(ThreadsMin, ThreadsMin);
        // As long as an id may be: its tasks are stored under names that have no room in a row.
        var id = new FrameworkId(Role.PadRight(IdRules.LengthMax, '-'));
        var settings = new SchedulerSettings(id, new FrameworkInfo(Role, "nobody", [Role]));
        _running = Task.Run(() => Run(cluster, settings, log));
    }

    public WitnessBook Book { get; } = new(Role);

    /// <summary>What went wrong with it; null while nothing did.</summary>
    public Exception? Fault => _running.Exception?.GetBaseException();

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        _over.Dispose();
    }

    private async Task Run(RealCluster cluster, SchedulerSettings settings, TaskLog log)
    {
        var over = Task.Delay(Timeout.Infinite, _over.Token);
        while (!_over.IsCancellationRequested)
        {
            ClusterMembership member;
            try
            {
                member = await ClusterMembership.Join(cluster.ToJoin(), _over.Token);
            }
            catch (ClusterJoinFailedException)
            {
                // No seed may be there just now: that is what the test is about.
                continue;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await using (member)
            {
                member.System.ActorOf(Props.Create(() => new WitnessScheduler(settings, Book, log)));
                await Task.WhenAny(member.Ended, over);
            }
        }
    }
}
