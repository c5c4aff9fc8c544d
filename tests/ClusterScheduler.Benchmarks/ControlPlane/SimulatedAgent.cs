using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// An agent as the control plane sees it: registers, reports, takes tasks, and says of each that it runs and then,
/// unless it is to run on, that it has finished. Executes nothing; starts each task once, as a real one does.
/// </summary>
internal sealed class SimulatedAgent : ReceiveActor
{
    private readonly ClusterRefs _refs = ClusterRefs.Of(Context.System);
    private readonly AgentInfo _info;
    private readonly bool _finishes;
    private readonly Action _registered;
    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly HashSet<(FrameworkId, TaskId)> _started = [];
    private AgentId _id;
    private AgentSession _session;
    private int _ended;

    public SimulatedAgent(string hostname, ResourceSet resources, bool finishes, Action registered)
    {
        _info = new AgentInfo(hostname, resources, []);
        _finishes = finishes;
        _registered = registered;
        Receive<AgentProtocol.AgentRegistered>(OnRegistered);
        Receive<AgentProtocol.ReportAccepted>(_ => _registered());
        Receive<AgentProtocol.Ping>(ping => Sender.Tell(
            new MasterProtocol.Pong(ping.AgentId, ping.Session, _started.Count - _ended)));
        Receive<AgentProtocol.RunTask>(OnRunTask);
        Receive<AgentProtocol.UpdateStored>(OnUpdateStored);
    }

    // Once: nothing is lost in this process, and an agent that says it again while a slow machine answers would begin a
    // new session, in which it reports none of the tasks that it was given before.
    protected override void PreStart() =>
        _refs.Master.Tell(new MasterProtocol.RegisterAgent(null, _info, _incarnation));

    private void OnRegistered(AgentProtocol.AgentRegistered registered)
    {
        (_id, _session) = (registered.AgentId, registered.Session);
        _refs.Master.Tell(new MasterProtocol.ReportTasks(_id, _session, []));
    }

    private void OnRunTask(AgentProtocol.RunTask run)
    {
        var task = run.Task.TaskId;
        _refs.Tasks.Tell(new TaskProtocol.RunAnswered(
            run.FrameworkId, task, TaskProtocol.RunOutcome.Taken, ""));
        if (_started.Add((run.FrameworkId, task)))
        {
            Report(run.FrameworkId, task, TaskState.Running, NewId(last: false));
        }
    }

    private void OnUpdateStored(AgentProtocol.UpdateStored stored)
    {
        if (stored.Uuid.ToByteArray()[^1] != 0)
        {
            _ended++;
        }
        else if (_finishes)
        {
            Report(stored.FrameworkId, stored.TaskId, TaskState.Finished, NewId(last: true));
        }
    }

    // Its last byte says which update it names, so that the agent need not remember which one was answered.
    private static Guid NewId(bool last)
    {
        var bytes = Guid.NewGuid().ToByteArray();
        bytes[^1] = (byte)(last ? 1 : 0);
        return new Guid(bytes);
    }

    private void Report(FrameworkId framework, TaskId task, TaskState state, Guid uuid) =>
        _refs.Tasks.Tell(new TaskProtocol.AgentUpdate(
            framework,
            task,
            _id,
            new StatusUpdate(task, state, StatusSource.Executor, StatusReason.None, "", DateTimeOffset.UtcNow)
            {
                AgentId = _id,
                Uuid = uuid,
            },
            _finishes ? TaskState.Finished : state,
            Self));
}
