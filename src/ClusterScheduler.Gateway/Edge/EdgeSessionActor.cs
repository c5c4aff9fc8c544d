using Akka.Event;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Runtime.Edge;

namespace ClusterScheduler.Gateway.Edge;

/// <summary>
/// Stands in the cluster for one agent outside the membership, for as long as its connection lasts: what is said to it
/// goes out, what the agent says goes to the master and to the tasks' entities in its name. It keeps nothing, since
/// whatever matters is repeated by who said it.
/// </summary>
internal sealed class EdgeSessionActor : ReceiveActor
{
    private const int QuestionsMax = 256;

    private readonly Dictionary<long, IActorRef> _askers = [];
    private readonly IActorRef _master;
    private readonly IActorRef _tasks;
    private readonly EdgeSocket _socket;
    private AgentId? _agent;
    private long _question;

    public EdgeSessionActor(EdgeSocket socket, IActorRef master, IActorRef tasks)
    {
        (_socket, _master, _tasks) = (socket, master, tasks);
        Receive<FromAgent>(said => Hear(said.Frame));
        Receive<AgentProtocol.ReadLog>(Ask);
        Receive<AgentProtocol.AgentRegistered>(registered =>
        {
            _agent = registered.AgentId;
            Say(0, registered);
        });
        Receive<IWireMessage>(message => Say(0, message));
    }

    public static Props Props(EdgeSocket socket, IActorRef master, IActorRef tasks) =>
        Akka.Actor.Props.Create(() => new EdgeSessionActor(socket, master, tasks));

    /// <inheritdoc/>
    protected override void PreStart() =>
        Context.System.EventStream.Subscribe(Self, typeof(AgentProtocol.MasterElected));

    /// <inheritdoc/>
    protected override void PostStop() => _socket.Complete();

    private void Hear(EdgeFrame frame)
    {
        if (frame.Question != 0)
        {
            if (_askers.Remove(frame.Question, out var asker))
            {
                asker.Tell(frame.Message);
            }

            return;
        }

        if (_agent is null && frame.Message is IAgentMessage and not MasterProtocol.RegisterAgent)
        {
            // Said before the agent is known under this connection: it comes again.
            return;
        }

        if (!IsItsOwn(frame.Message))
        {
            Context.GetLogger().Error(
                "the agent connected as {0} said {1}, which is not for it to say: its connection ends",
                _agent, frame.Message.GetType().Name);
            Context.Stop(Self);
            return;
        }

        switch (frame.Message)
        {
            case TaskProtocol.AgentUpdate update:
                _tasks.Tell(update with { Agent = Self });
                break;
            case ITaskMessage message:
                _tasks.Tell(message);
                break;
            default:
                _master.Tell(frame.Message);
                break;
        }
    }

    /// <summary>An agent speaks only as an agent, and only for itself.</summary>
    private bool IsItsOwn(IWireMessage message) => message switch
    {
        TaskProtocol.AgentUpdate update => update.AgentId == _agent,
        TaskProtocol.TaskNotHeld missing => missing.AgentId == _agent,
        MasterProtocol.ReportTasks report => report.AgentId == _agent,
        MasterProtocol.UpdateRevocable update => update.AgentId == _agent,
        MasterProtocol.Pong pong => pong.AgentId == _agent,
        MasterProtocol.IdentifyMaster or IAgentMessage => true,
        _ => false,
    };

    private void Ask(AgentProtocol.ReadLog question)
    {
        // Whoever asked so long ago has given up.
        _askers.Remove(_question - QuestionsMax);
        _askers[++_question] = Sender;
        Say(_question, question);
    }

    private void Say(long question, IWireMessage message) =>
        _socket.Send(new EdgeFrame(question, message).Write(Context.System));

    /// <summary>A frame came in.</summary>
    public sealed record FromAgent(EdgeFrame Frame) : INoSerializationVerificationNeeded;
}
