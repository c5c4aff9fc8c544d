using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>
/// An agent that speaks the protocol and runs nothing: a task named "hold" runs until it is killed, one named "forget"
/// is first taken and forgotten, as by a process that ended before its record was on disk, every other one finishes at
/// once. It counts the starts of every task id.
/// </summary>
internal sealed class FakeAgent : ReceiveActor, IWithTimers
{
    private readonly AgentInfo info;
    private readonly IActorRef observer;
    private readonly Guid incarnation = Guid.NewGuid();
    private readonly SortedDictionary<TaskId, (FrameworkId Framework, TaskInfo Task, string Role)> tasks = [];
    private readonly Dictionary<TaskId, Queue<StatusUpdate>> unstored = [];
    private readonly Dictionary<TaskId, TaskState> ended = [];
    private readonly HashSet<TaskId> everStarted = [];
    private readonly HashSet<TaskId> forgotten = [];
    private readonly IActorRef entities = ClusterRefs.Of(Context.System).Tasks;
    private readonly IActorRef master = ClusterRefs.Of(Context.System).Master;
    private AgentId? id;
    private AgentSession session;
    private AgentSession reported;
    private bool asleep;
    private int unanswered;

    public FakeAgent(AgentInfo info, AgentId? id, IActorRef observer)
    {
        this.info = info;
        this.id = id;
        this.observer = observer;
        Receive<Sleep>(sleep => asleep = sleep.On);
        Receive<IWireMessage>(_ => asleep, static _ => { });
        Receive<AgentProtocol.AgentRegistered>(Adopt);
        Receive<AgentProtocol.AgentRefused>(refused => observer.Tell(refused));
        Receive<AgentProtocol.ReportAccepted>(accepted =>
        {
            reported = accepted.Session;
            observer.Tell(accepted);
        });
        Receive<AgentProtocol.Reregister>(_ => Register());
        Receive<AgentProtocol.MasterElected>(elected =>
        {
            if (session != AgentSession.None && elected.Epoch > session.Epoch)
            {
                Register();
            }
        });
        Receive<AgentProtocol.Ping>(ping =>
        {
            Sender.Tell(new MasterProtocol.Pong(ping.AgentId, ping.Session, tasks.Count));
            if (ping.Session > session)
            {
                Register();
            }
        });
        Receive<AgentProtocol.RunTask>(Run);
        Receive<AgentProtocol.KillTask>(Kill);
        Receive<AgentProtocol.ReportTask>(report => !ended.ContainsKey(report.TaskId), report =>
            Report(report.FrameworkId, report.TaskId, TaskState.Running, StatusReason.AgentReregistered));
        Receive<AgentProtocol.UpdateStored>(Stored);
        Receive<Again>(_ =>
        {
            if (asleep)
            {
                reported = AgentSession.None;
                return;
            }

            // A second without an answer is long, also on a busy machine; each further registration ends the offers.
            unanswered = reported == session && session != AgentSession.None ? 0 : unanswered + 1;
            if (unanswered >= 5 || session == AgentSession.None)
            {
                unanswered = 0;
                Register();
            }

            foreach (var task in unstored.Keys.ToImmutableArray())
            {
                SendOldest(task);
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AgentProtocol.MasterElected));
        Register();
        Timers.StartPeriodicTimer("again", new Again(), TimeSpan.FromMilliseconds(200));
    }

    private void Register() => master.Tell(new MasterProtocol.RegisterAgent(id, info, incarnation));

    private void Adopt(AgentProtocol.AgentRegistered registered)
    {
        if (registered.Session <= session)
        {
            return;
        }

        id = registered.AgentId;
        session = registered.Session;
        master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, session,
        [
            .. tasks.Values.Select(held => new MasterProtocol.ReportedTask(
                held.Framework, held.Task.TaskId, held.Role, held.Task.Resources,
                ended.GetValueOrDefault(held.Task.TaskId, TaskState.Running))
            {
                Priority = held.Task.Priority,
            }),
        ]));
    }

    private void Run(AgentProtocol.RunTask run)
    {
        var task = run.Task.TaskId;
        var held = everStarted.Contains(task);
        var stale = !held && run.Session < session;
        Sender.Tell(new TaskProtocol.RunAnswered(run.FrameworkId, task,
            stale ? TaskProtocol.RunOutcome.StaleSession : TaskProtocol.RunOutcome.Taken, stale ? "stale" : ""));
        if (held || stale || (run.Task.Name == "forget" && forgotten.Add(task)))
        {
            return;
        }

        everStarted.Add(task);
        observer.Tell(new Started(task));
        tasks[task] = (run.FrameworkId, run.Task, run.Role);
        Report(run.FrameworkId, task, TaskState.Running, StatusReason.None);
        if (run.Task.Name != "hold")
        {
            End(task, TaskState.Finished);
        }
    }

    private void Kill(AgentProtocol.KillTask kill)
    {
        var known = tasks.ContainsKey(kill.TaskId);
        Sender.Tell(new TaskProtocol.KillAnswered(
            kill.FrameworkId, kill.TaskId, known || forgotten.Remove(kill.TaskId)));
        if (known && !ended.ContainsKey(kill.TaskId))
        {
            var isPreempted = kill.PreemptedFor.Length > 0;
            observer.Tell(kill);
            End(kill.TaskId, isPreempted ? TaskState.Gone : TaskState.Killed,
                isPreempted ? StatusReason.ContainerPreempted : StatusReason.None);
        }
        else
        {
            everStarted.Add(kill.TaskId);
        }
    }

    /// <summary>It is held until its end is stored, as by a real agent.</summary>
    private void End(TaskId task, TaskState state, StatusReason reason = StatusReason.None)
    {
        ended.Add(task, state);
        Report(tasks[task].Framework, task, state, reason);
    }

    private void Report(FrameworkId framework, TaskId task, TaskState state, StatusReason reason)
    {
        if (!unstored.TryGetValue(task, out var updates))
        {
            unstored[task] = updates = new Queue<StatusUpdate>();
        }

        updates.Enqueue(new StatusUpdate(task, state, StatusSource.Executor, reason, framework.Value,
            DateTimeOffset.UnixEpoch) { AgentId = id, Uuid = Guid.NewGuid() });
        if (updates.Count == 1)
        {
            SendOldest(task);
        }
    }

    private void SendOldest(TaskId task)
    {
        var updates = unstored[task];
        entities.Tell(new TaskProtocol.AgentUpdate(new FrameworkId(updates.Peek().Message), task, id!.Value,
            updates.Peek(), updates.Last().State, Self));
    }

    private void Stored(AgentProtocol.UpdateStored stored)
    {
        if (!unstored.TryGetValue(stored.TaskId, out var updates) || updates.Peek().Uuid != stored.Uuid)
        {
            return;
        }

        updates.Dequeue();
        if (updates.Count == 0)
        {
            unstored.Remove(stored.TaskId);
            if (ended.Remove(stored.TaskId))
            {
                tasks.Remove(stored.TaskId);
            }
        }
        else
        {
            SendOldest(stored.TaskId);
        }
    }

    /// <summary>Cut off, with its tasks running, or back; it then registers anew.</summary>
    internal sealed record Sleep(bool On);

    /// <summary>A task id began to run here.</summary>
    internal sealed record Started(TaskId Task);

    private sealed record Again;
}
