using Akka.Cluster;
using Akka.Event;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// Ends the actor system of a member that no master is left with. A resolver of split brains may take all others down
/// and leave this one as a cluster of its own, of which nobody would hear again; ended, it can join anew.
/// </summary>
public sealed class LeftAlone : ReceiveActor, IWithTimers
{
    private readonly HashSet<UniqueAddress> _masters = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    /// <param name="patience">A master that starts anew may be back within this time.</param>
    public LeftAlone(TimeSpan patience)
    {
        Receive<ClusterEvent.MemberRemoved>(gone =>
        {
            if (_masters.Remove(gone.Member.UniqueAddress) && _masters.Count == 0)
            {
                Timers.StartSingleTimer(Over.Instance, Over.Instance, patience);
            }
        });
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            if (change.Member.HasRole(ClusterNames.MasterRole))
            {
                _masters.Add(change.Member.UniqueAddress);
                Timers.Cancel(Over.Instance);
            }
        });
        Receive<Over>(_ =>
        {
            _log.Warning("no master is a member of the cluster any more: this member ends, and may join anew");
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>For a member that is no master itself.</summary>
    public static Props Props(TimeSpan patience) => Akka.Actor.Props.Create(() => new LeftAlone(patience));

    /// <inheritdoc/>
    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    /// <inheritdoc/>
    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    private sealed record Over : INoSerializationVerificationNeeded
    {
        public static Over Instance { get; } = new();
    }
}
