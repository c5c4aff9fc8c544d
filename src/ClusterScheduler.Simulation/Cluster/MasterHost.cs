using ClusterScheduler.Master;

namespace ClusterScheduler.Simulation.Cluster;

/// <summary>
/// The backoff supervisor of the master without its random wait: a master that stops after a failed write comes back
/// by recovery, under a later epoch.
/// </summary>
internal sealed class MasterHost : ReceiveActor, IWithTimers
{
    private readonly MasterOptions options;
    private readonly TimeSpan pause;
    private IActorRef? master;

    public MasterHost(MasterOptions options, TimeSpan pause)
    {
        this.options = options;
        this.pause = pause;
        Receive<Terminated>(_ =>
        {
            master = null;
            Timers.StartSingleTimer(nameof(Begin), Begin.Instance, this.pause);
        });
        Receive<Begin>(_ => Start());
        ReceiveAny(message => master?.Forward(message));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(MasterOptions options, TimeSpan pause) =>
        Akka.Actor.Props.Create(() => new MasterHost(options, pause));

    protected override void PreStart() => Start();

    private void Start() => master = Context.Watch(Context.ActorOf(MasterActor.Props(options), "instance"));

    private sealed record Begin
    {
        public static Begin Instance { get; } = new();
    }
}
