using System.Net;
using System.Net.WebSockets;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Edge;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Protocol;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Edge;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.EndToEnd.Tests.Edge;

/// <summary>An agent outside the membership, in an actor system of its own, behind a network that can be cut.</summary>
public sealed class EdgeLinkTests : TestKit, IAsyncLifetime
{
    private const string Secret = "a secret of this test";

    private static readonly FrameworkId Framework = new("framework");
    private static readonly AgentSession First = new(new MasterEpoch(1), 1);
    private static readonly AgentInfo Info = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Backoff Soon = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100));

    private readonly SimulatedExecution _execution = new(_ => null, TimeProvider.System);
    private readonly TestProbe _master;
    private readonly IActorRef _office;
    private readonly TestProbe _tasks;
    private readonly ActorSystem _edge;
    private EdgeHost _host = null!;
    private CuttableProxy _network = null!;

    public EdgeLinkTests()
        : base(WireSettings.Config, "edge-tests")
    {
        _master = CreateTestProbe();
        _office = Sys.ActorOf(Props.Create(() => new Office(_master.Ref)));
        _tasks = CreateTestProbe();
        _edge = ActorSystem.Create(Sys.Name, WireSettings.Config);
    }

    public async Task InitializeAsync()
    {
        _host = await Door(Secret, _office);
        _network = new CuttableProxy(_host.Port);
    }

    public async Task DisposeAsync()
    {
        await _edge.Terminate();
        await _network.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public void It_registers_runs_a_task_and_reports_as_a_member_does()
    {
        var session = Join();
        session.Tell(Run("task"), _tasks.Ref);

        Assert.Equal(TaskProtocol.RunOutcome.Taken, _tasks.ExpectMsg<TaskProtocol.RunAnswered>(Patience).Outcome);
        var update = _tasks.ExpectMsg<TaskProtocol.AgentUpdate>(Patience);
        Assert.Equal(TaskState.Running, update.Update.State);
        Assert.Equal(session, update.Agent);
        session.Tell(new AgentProtocol.UpdateStored(Framework, new TaskId("task"), update.Update.Uuid!.Value));
        session.Tell(new AgentProtocol.KillTask(Framework, new TaskId("task"), null), _tasks.Ref);
        Assert.True(_tasks.FishForMessage<TaskProtocol.KillAnswered>(_ => true, Patience).Known);
        Assert.Equal(TaskState.Killed, NextUpdate(TaskState.Killed).Update.State);
    }

    [Fact]
    public async Task What_happened_while_it_was_cut_off_is_reported_when_it_is_back()
    {
        var session = Join();
        Watch(session);
        session.Tell(Run("task"), _tasks.Ref);
        NextUpdate(TaskState.Running);

        _network.Cut();
        await ExpectTerminatedAsync(session, Patience);
        _execution.Kill(new TaskKey(Framework, new TaskId("task")), null);
        _network.Mend();

        var again = _master.FishForMessage<MasterProtocol.RegisterAgent>(_ => true, Patience);
        Assert.Equal(new AgentId("agent-1"), again.AgentId);
        Assert.NotEqual(session, _master.LastSender);
        Admit(_master.LastSender, again, new AgentSession(new MasterEpoch(1), 2));
        var running = NextUpdate(TaskState.Running);
        Assert.Equal(TaskState.Killed, running.Latest);
        running.Agent.Tell(new AgentProtocol.UpdateStored(Framework, new TaskId("task"), running.Update.Uuid!.Value));
        NextUpdate(TaskState.Killed);
    }

    [Fact]
    public void A_question_of_the_gateway_finds_its_asker()
    {
        var session = Join();
        var asker = CreateTestProbe();

        session.Tell(
            new AgentProtocol.ReadLog(Framework, new TaskId("none"), AgentProtocol.LogStream.Stdout, 0, 100),
            asker.Ref);

        Assert.Contains("none", asker.ExpectMsg<AgentProtocol.LogMissing>(Patience).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another secret", "edge-tests", EdgeFrame.Version, HttpStatusCode.Unauthorized, "secret")]
    [InlineData(Secret, "other", EdgeFrame.Version, HttpStatusCode.Conflict, "cluster 'edge-tests'")]
    [InlineData(Secret, "edge-tests", "0", HttpStatusCode.UpgradeRequired, "version " + EdgeFrame.Version)]
    public async Task Who_does_not_belong_is_told_why(
        string secret, string cluster, string version, HttpStatusCode status, string why)
    {
        using var socket = Socket(secret, cluster, version);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address, CancellationToken.None));

        Assert.Equal(status, socket.HttpStatusCode);
        Assert.Contains(why, socket.HttpResponseHeaders![EdgeFrame.RefusalHeader].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_a_secret_takes_who_shows_none()
    {
        await using var open = await Door("", _office);
        using var other = Socket(Secret, Sys.Name, EdgeFrame.Version);
        var address = new Uri($"ws://127.0.0.1:{open.Port}");
        await Assert.ThrowsAsync<WebSocketException>(() =>
            other.ConnectAsync(new Uri(address, EdgeFrame.Path), CancellationToken.None));
        Assert.Equal(HttpStatusCode.Unauthorized, other.HttpStatusCode);

        Start(new EdgeOptions([new Uri($"http://127.0.0.1:{open.Port}")], ""));

        await _master.ExpectMsgAsync<MasterProtocol.RegisterAgent>(Patience);
    }

    [Fact]
    public async Task Nothing_is_said_to_the_master_of_another_cluster()
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

        var link = Start(new EdgeOptions([new Uri($"http://127.0.0.1:{_network.Port}")], Secret)
        {
            IsOurs = identity => !asked.TrySetResult(identity.ClusterId),
        });
        Watch(link);

        await ExpectTerminatedAsync(link, Patience);
        Assert.Equal("this one", await asked.Task);
        await _master.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_node_behind_which_no_master_answers_is_left_for_the_next()
    {
        await using var lost = await Door(Secret, Sys.DeadLetters);

        Start(new EdgeOptions(
            [new Uri($"http://127.0.0.1:{lost.Port}"), new Uri($"http://127.0.0.1:{_network.Port}")], Secret)
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            Reconnect = Soon,
        });

        await _master.ExpectMsgAsync<MasterProtocol.RegisterAgent>(Patience);
    }

    [Fact]
    public async Task Who_speaks_for_another_agent_or_says_garbage_is_cut_off()
    {
        byte[][] wrongs =
        [
            new EdgeFrame(0, new MasterProtocol.Pong(new AgentId("other"), First, 0)).Write(Sys),
            new EdgeFrame(0, new MasterProtocol.ReportTasks(new AgentId("other"), First, [])).Write(Sys),
            new EdgeFrame(0, new MasterProtocol.ListAgents()).Write(Sys),
            [],
            [0, 0, 0, 0, 0, 0, 0, 0, 200, 1],
            [.. new byte[8], 1, (byte)'x', (byte)'{'],
        ];
        foreach (var wrong in wrongs)
        {
            using var socket = Socket(Secret, Sys.Name, EdgeFrame.Version);
            using var patience = new CancellationTokenSource(Patience);
            await socket.ConnectAsync(Address, patience.Token);
            var register = new MasterProtocol.RegisterAgent(null, Info, Guid.Empty);
            await socket.SendAsync(
                new EdgeFrame(0, register).Write(Sys), WebSocketMessageType.Binary, true, patience.Token);
            await _master.ExpectMsgAsync<MasterProtocol.RegisterAgent>(Patience);
            _master.LastSender.Tell(
                new AgentProtocol.AgentRegistered(new AgentId("agent-1"), First, Guid.Empty, Patience));
            Assert.Equal(
                WebSocketMessageType.Binary, (await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType);

            await socket.SendAsync(wrong, WebSocketMessageType.Binary, true, patience.Token);

            Assert.Equal(
                WebSocketMessageType.Close, (await socket.ReceiveAsync(new byte[4096], patience.Token)).MessageType);
        }

        await _master.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    private Uri Address => new($"ws://127.0.0.1:{_host.Port}{EdgeFrame.Path}");

    private static ClientWebSocket Socket(string secret, string cluster, string version)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        socket.Options.SetRequestHeader(EdgeFrame.ClusterHeader, cluster);
        socket.Options.SetRequestHeader(EdgeFrame.VersionHeader, version);
        return socket;
    }

    private static AgentProtocol.RunTask Run(string id) => new(
        Framework,
        new TaskInfo(new TaskId(id), id, ResourceSet.Parse("cpus:1;mem:32"), TaskPlan.OfShell("true")),
        "*",
        First);

    /// <summary>Starts the agent and admits it; the actor that stands for it in the cluster.</summary>
    private IActorRef Join()
    {
        var host = new Uri($"http://127.0.0.1:{_network.Port}");
        Start(new EdgeOptions([host], Secret) { Reconnect = Soon });
        var register = _master.ExpectMsg<MasterProtocol.RegisterAgent>(Patience);
        var session = _master.LastSender;
        Admit(session, register, First);
        return session;
    }

    /// <summary>Starts the agent; its link.</summary>
    private IActorRef Start(EdgeOptions where)
    {
        var link = _edge.ActorOf(EdgeLinkActor.Props(where));
        ClusterRefs.Of(_edge).Set(link, link, link);
        var options = new AgentOptions("agent", Info, "/");
        _edge.ActorOf(AgentActor.Props(options, () => _execution, new AgentIdInMemory()));
        return link;
    }

    private Task<EdgeHost> Door(string secret, IActorRef master) => EdgeHost.Start(
        Sys, new EdgeListenOptions(new IPEndPoint(IPAddress.Loopback, 0), secret), master, _tasks.Ref);

    private void Admit(IActorRef agent, MasterProtocol.RegisterAgent register, AgentSession session)
    {
        var id = new AgentId("agent-1");
        agent.Tell(new AgentProtocol.AgentRegistered(id, session, register.Incarnation, Patience));
        _master.FishForMessage<MasterProtocol.ReportTasks>(report => report.Session == session, Patience);
        agent.Tell(new AgentProtocol.ReportAccepted(id, session));
    }

    private TaskProtocol.AgentUpdate NextUpdate(TaskState state) =>
        _tasks.FishForMessage<TaskProtocol.AgentUpdate>(update => update.Update.State == state, Patience);

    /// <summary>Says which cluster this is, and leaves the rest to the test.</summary>
    private sealed class Office : ReceiveActor
    {
        public Office(IActorRef rest)
        {
            Receive<MasterProtocol.IdentifyMaster>(_ => Sender.Tell(
                new MasterProtocol.MasterIdentity("this one", new MasterEpoch(1), DateTimeOffset.UtcNow)));
            ReceiveAny(message => rest.Forward(message));
        }
    }
}
