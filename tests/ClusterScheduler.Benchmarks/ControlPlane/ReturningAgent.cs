using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// An agent that holds tasks and comes back to each new master with them, after a pause of its own as a real one.
/// </summary>
internal sealed class ReturningAgent : ReceiveActor, IWithTimers
{
    private static readonly ResourceSet TaskSize = ResourceSet.Parse("cpus:0.1;mem:32");
    private static readonly ResourceSet Machine = ResourceSet.Parse("cpus:16;mem:65536;disk:1000000");
    private static readonly Backoff Wait = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));

    private readonly ClusterRefs _refs = ClusterRefs.Of(Context.System);
    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly AgentInfo _info;
    private readonly ImmutableArray<MasterProtocol.ReportedTask> _tasks;
    private readonly Action _accepted;
    private AgentId? _id;
    private AgentSession _session;
    private MasterEpoch _acceptedBy;
    private int _attempt;

    public ReturningAgent(int number, int tasks, int frameworks, Action accepted)
    {
        _info = new AgentInfo($"agent-{number}", Machine, [new AgentAttribute("rack", $"r{number % 100}")]);
        _accepted = accepted;
        _tasks =
        [
            .. Enumerable.Range(0, tasks).Select(task => new MasterProtocol.ReportedTask(
                new FrameworkId($"load-{task % frameworks}"), new TaskId($"task-{number}-{task}"), "load", TaskSize,
                TaskState.Running)),
        ];
        Receive<Register>(_ => SayRegister());
        Receive<AgentProtocol.MasterElected>(elected =>
        {
            if (elected.Epoch > _session.Epoch && _session != AgentSession.None)
            {
                _attempt = 0;
                var spread = Wait.After(0) * (_incarnation.ToByteArray()[15] / 256.0);
                Timers.StartSingleTimer(nameof(Register), new Register(), spread);
            }
        });
        Receive<AgentProtocol.AgentRegistered>(registered =>
        {
            if (registered.Session > _session)
            {
                (_id, _session) = (registered.AgentId, registered.Session);
                Timers.StartSingleTimer(nameof(Register), new Register(), Wait.After(_attempt++));
                _refs.Master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, _session, _tasks));
            }
        });
        Receive<AgentProtocol.ReportAccepted>(accepted =>
        {
            if (accepted.Session == _session)
            {
                Timers.Cancel(nameof(Register));
                if (_session.Epoch > _acceptedBy)
                {
                    _acceptedBy = _session.Epoch;
                    _accepted();
                }
            }
        });
        Receive<AgentProtocol.Ping>(ping => Sender.Tell(
            new MasterProtocol.Pong(ping.AgentId, ping.Session, _tasks.Length)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AgentProtocol.MasterElected));
        SayRegister();
    }

    private void SayRegister()
    {
        _refs.Master.Tell(new MasterProtocol.RegisterAgent(_id, _info, _incarnation));
        Timers.StartSingleTimer(nameof(Register), new Register(), Wait.After(_attempt++));
    }

    private sealed record Register : INoSerializationVerificationNeeded;
}
