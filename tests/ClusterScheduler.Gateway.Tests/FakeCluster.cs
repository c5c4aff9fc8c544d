using System.Collections.Immutable;
using System.Net.Http.Headers;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>A gateway before actors that answer from what a test put into them.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-gateway-");
    private readonly ActorSystem _system = ActorSystem.Create("gateway-tests");
    private GatewayHost? _host;

    public FakeAnswers Answers { get; } = new();

    public BearerToken Token { get; private set; } = null!;

    public Uri Address => new($"http://127.0.0.1:{_host!.Port}");

    /// <summary>Where other machines would connect.</summary>
    public Uri OpenAddress(string host, string scheme = "http") => new($"{scheme}://{host}:{_host!.OpenPort}");

    public static async Task<FakeCluster> Start(
        Func<GatewaySettings, GatewaySettings>? change = null, GatewayListenOptions? open = null)
    {
        var cluster = new FakeCluster();
        cluster.Token = BearerToken.OfFile(Path.Combine(cluster._folder.FullName, "token"));
        var reader = SettingsLoader.Load(SettingsSources.ReferenceOnly).Reader();
        var settings = GatewaySettings.Read(reader) with
        {
            Port = 0,
            AskTimeout = TimeSpan.FromMinutes(1),
            FollowInterval = TimeSpan.FromMilliseconds(10),
        };
        settings = change?.Invoke(settings) ?? settings;
        var plane = cluster._system.ActorOf(Props.Create(() => new AnsweringActor(cluster.Answers)), "answers");
        cluster.Answers.Agent = plane;
        ClusterRefs.Of(cluster._system).Set(plane, plane, plane);
        cluster._host = await GatewayHost.Start(
            cluster._system,
            settings,
            new ControlPlane(plane, plane, plane, plane, settings.AskTimeout),
            cluster.Token,
            open);
        return cluster;
    }

    /// <summary>A client that carries the token.</summary>
    public HttpClient Client()
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token.Text);
        return client;
    }

    /// <summary>A client without the token.</summary>
    public HttpClient Stranger() => new() { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _system.Terminate();
        _folder.Delete(recursive: true);
    }

    private sealed class AnsweringActor : ReceiveActor
    {
        public AnsweringActor(FakeAnswers answers) =>
            ReceiveAny(question =>
            {
                foreach (var answer in answers.To(question) is { } one ? one as object[] ?? [one] : [])
                {
                    Sender.Tell(answer);
                }
            });
    }
}

/// <summary>What the control plane of a test answers; null: nothing, ever.</summary>
internal sealed class FakeAnswers
{
    public static readonly FrameworkId Framework = new("framework-1");

    public bool Silent { get; set; }

    public IActorRef? Agent { get; set; }

    public ImmutableArray<FrameworkId> Frameworks { get; set; } = [Framework];

    public MasterProtocol.HeldRemovals? Held { get; set; }

    public DateTimeOffset? OffersHeldBackUntil { get; set; }

    public ServicesProtocol.DemandList? Demands { get; set; } = new([], 0);

    public ServicesProtocol.JobsChanged[] Jobs { get; set; } = [];

    public string Log { get; set; } = "";

    public bool LogEnded { get; set; } = true;

    public List<object> Asked { get; } = [];

    public object? To(object question)
    {
        lock (Asked)
        {
            Asked.Add(question);
        }

        return Silent ? null : question switch
        {
            MasterProtocol.ListAgents =>
                new MasterProtocol.AgentList(new MasterEpoch(3), [AgentOne()]) { Held = Held },
            MasterProtocol.MarkAgentGone mark => new MasterProtocol.AgentMarkedGone(mark.AgentId, true),
            MasterProtocol.AllowAgentRemovals => new MasterProtocol.AgentRemovalsAllowed(new MasterEpoch(3), 3),
            MasterProtocol.ListFrameworks => new MasterProtocol.FrameworkList(
                new MasterEpoch(3), [.. Frameworks.Select(FrameworkOne)]),
            FrameworkProtocol.ListTasks list => new FrameworkProtocol.TaskList(list.FrameworkId,
                [new FrameworkProtocol.TaskSummary(new TaskId("t-1"), "one", new AgentId("a-1"), Half(), null)]),
            ServicesProtocol.WhyTask why => Waits(why.TaskId),
            ServicesProtocol.ListDemands => Demands,
            ServicesProtocol.WatchJobs => Jobs,
            MasterProtocol.WhyFramework why => new MasterProtocol.FrameworkExplained(
                why.FrameworkId,
                [
                    Waits(why.Role, why.Demand),
                    .. why.Demands.Select(one => Waits(one.Role, one.Resources)),
                ],
                OffersHeldBackUntil),
            TaskProtocol.ShowTask { TaskId.Value: "t-1" } show => Shown(show, Info()),
            TaskProtocol.ShowTask show => Shown(show, null),
            TaskProtocol.KillTask kill => new FrameworkProtocol.KillNoted(kill.FrameworkId, kill.TaskId),
            MasterProtocol.LocateAgent locate =>
                new MasterProtocol.AgentLocated(locate.AgentId, Agent, AgentSession.None),
            AgentProtocol.ReadLog read => Read(read),
            MasterProtocol.UpdateQuota { Force: true } update =>
                new MasterProtocol.QuotaUpdated(update.Configs, update.DryRun),
            MasterProtocol.UpdateQuota update => new MasterProtocol.QuotaRefused(
                QuotaFault.LimitBelowConsumption, update.Configs[0].Role, "cpus", Scalar.Of(1), Scalar.Of(2)),
            MasterProtocol.PlanReclaim => ReclaimPlan(),
            MasterProtocol.ApplyOperation apply => new MasterProtocol.OperationApplied(
                apply.AgentId, apply.Operation.Resources),
            MasterProtocol.UpdateWeights update => new MasterProtocol.WeightsUpdated(update.Weights),
            _ => null,
        };
    }

    private static ServicesProtocol.WhyAnswer Waits(TaskId task) => new(
        new JobKey("me", "devel", "job"), new ServicesProtocol.InstanceSummary(0, task, InstanceState.Fresh),
        ServicesProtocol.WhyKind.WaitsForAgent, "no agent has been offered yet")
    {
        Demand = new ServicesProtocol.WaitingDemand(Framework, "*", ResourceSet.Parse("cpus:6")),
    };

    private static MasterProtocol.RoleWhy Waits(string role, ResourceSet demand) => new(
        role, demand, 3,
        [
            new MasterProtocol.RuleCount(OfferRule.Headroom, 3) { First = 3 },
            new MasterProtocol.RuleCount(OfferRule.TooSmall, 3),
        ],
        [
            new MasterProtocol.NearestAgent(new AgentId("a-1"), "host-1", OfferRule.Headroom,
                ResourceSet.Parse("cpus:2"), ResourceSet.Parse("cpus:2"))
            {
                Rules = [OfferRule.Headroom, OfferRule.TooSmall],
                Free = ResourceSet.Parse("cpus:4"),
            },
        ],
        [], [], [], 0)
    {
        KeptFor = [new MasterProtocol.KeptForRole("eng", ResourceSet.Parse("cpus:10"))],
    };

    private AgentProtocol.LogRead Read(AgentProtocol.ReadLog read)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(Log);
        var from = (int)Math.Clamp(read.Offset < 0 ? bytes.Length + read.Offset : read.Offset, 0, bytes.Length);
        var to = Math.Min(bytes.Length, from + read.Length);
        return new AgentProtocol.LogRead(from, [.. bytes[from..to]], bytes.Length, LogEnded);
    }

    private static ResourceSet Half() => ResourceSet.Parse("cpus:0.5;mem:32");

    private static TaskInfo Info() =>
        new(new TaskId("t-1"), "one", Half(), TaskPlan.OfShell("echo {{{{x}} > {{job.dir}}/out"))
        {
            SharedDirectory = "submission-1",
        };

    private static TaskProtocol.TaskShown Shown(TaskProtocol.ShowTask show, TaskInfo? task) => new(
        show.FrameworkId, show.TaskId, task, task is null ? null : new AgentId("a-1"), Half(), false,
        [
            new StatusUpdate(show.TaskId, TaskState.Failed, StatusSource.Executor, StatusReason.None,
                "exited with 3", DateTimeOffset.UnixEpoch)
            {
                Evidence = new TaskEvidence(3, null, "command", "oh no", 0.5, 12),
            },
        ]);

    private static MasterProtocol.AgentSummary AgentOne() => new(
        new AgentId("a-1"),
        new AgentInfo("host-1", ResourceSet.Parse("cpus:4;mem:1024;ports:[31000-31009]"), [])
        {
            Domain = new AgentDomain("eu", "eu-1"),
        },
        MasterProtocol.AgentStanding.Active,
        DateTimeOffset.UnixEpoch,
        new AgentSession(new MasterEpoch(3), 1),
        ResourceSet.Empty,
        Half(),
        [new MasterProtocol.AllocatedTask(Framework, new TaskId("t-1"), "*", Half())]);

    private static MasterProtocol.ReclaimPlanned ReclaimPlan() => new(
        [
            new MasterProtocol.ReclaimedTask(new TaskId("t-1"), Framework, "batch", new AgentId("a-1"), Half(), "prod")
            {
                Action = ReclaimAction.WaitForDeadline,
                Until = DateTimeOffset.UnixEpoch,
                Verdict = InverseVerdict.Declined,
                Priority = 3,
            },
        ],
        [new MasterProtocol.MissingGuarantee("prod", Half())])
    {
        Mode = ReclaimMode.KillRevocable,
        WaitLeast = TimeSpan.FromMinutes(1),
        Waiting = [new MasterProtocol.WaitingRole("prod", Half(), null)],
        Killed =
        [
            new MasterProtocol.KilledForRole(
                new TaskId("t-0"), Framework, "batch", new AgentId("a-1"), Half(), "prod", DateTimeOffset.UnixEpoch),
        ],
    };

    private static MasterProtocol.FrameworkSummary FrameworkOne(FrameworkId id) => new(
        id, new FrameworkInfo("services", "me", ["*"]), true, DateTimeOffset.UnixEpoch, [], 0, 1,
        ResourceSet.Empty, Half(), 0.125, null);
}
