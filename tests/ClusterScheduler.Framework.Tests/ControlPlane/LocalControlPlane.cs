using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Master;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>Master, entities and fake agents in one actor system with the journal in memory; the test is the
/// scheduler.</summary>
internal sealed class LocalControlPlane : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<object> scheduler = Channel.CreateUnbounded<object>();
    private readonly Channel<object> agents = Channel.CreateUnbounded<object>();
    private readonly List<object> unheard = [];
    private readonly IActorRef schedulerRef;
    private readonly IActorRef agentObserver;

    public LocalControlPlane(
        MasterOptions? masterOptions = null,
        Func<ActorSystem, IActorRef, IActorRef>? link = null,
        FrameworkOptions? frameworkOptions = null)
    {
        System = ActorSystem.Create("csched", ConfigurationFactory.ParseString("akka.loglevel = WARNING"));
        var refs = ClusterRefs.Of(System);
        var retry = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(400));
        var frameworks = System.StartFrameworks(
            (frameworkOptions ?? FrameworkOptions.Default) with { Retry = TimeSpan.FromMilliseconds(100) });
        var tasks = System.StartTasks(retry);
        Master = System.ActorOf(Props.Create(() => new LateMaster()), "late-master");
        link ??= static (_, target) => target;
        refs.Set(link(System, Master), link(System, frameworks), link(System, tasks));
        Options = masterOptions ?? MasterOptions.Default with { Retry = TimeSpan.FromMilliseconds(100) };
        StartMaster();
        schedulerRef = System.ActorOf(Props.Create(() => new Listener(scheduler.Writer)));
        System.EventStream.Subscribe(schedulerRef, typeof(LateMaster.Ended));
        agentObserver = System.ActorOf(Props.Create(() => new Listener(agents.Writer)));
    }

    public ActorSystem System { get; }

    public IActorRef Master { get; }

    public MasterOptions Options { get; }

    public FrameworkId Framework { get; } = new("test-framework");

    public Guid Connection { get; private set; } = Guid.NewGuid();

    /// <summary>The latest master that the scheduler has heard of.</summary>
    public MasterEpoch Seen { get; set; }

    public IActorRef StartAgent(string name, string resources, AgentId? id = null)
    {
        var info = new AgentInfo(name, ResourceSet.Parse(resources), []);
        return System.ActorOf(Props.Create(() => new FakeAgent(info, id, agentObserver)));
    }

    public void StartMaster() => Master.Tell(new LateMaster.Begin(Options));

    public void StopMaster() => Master.Tell(new LateMaster.End());

    public async Task<SchedulerProtocol.Subscribed> Subscribe(
        FrameworkInfo? info = null, params ImmutableArray<string> suppressed)
    {
        Connection = Guid.NewGuid();
        var subscribe = new FrameworkProtocol.Subscribe(
            Framework, info ?? new FrameworkInfo("test", "root", ["*"]), Connection, suppressed)
        {
            Seen = Seen,
        };
        var repeat = System.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero, TimeSpan.FromSeconds(1), ClusterRefs.Of(System).Frameworks, subscribe, schedulerRef);
        try
        {
            return await Hear<SchedulerProtocol.Subscribed>(subscribed => subscribed.Connection == Connection);
        }
        finally
        {
            repeat.Cancel();
        }
    }

    /// <summary>The one offer of a cluster with one agent, "a" with cpus:4;mem:1024, and one framework.</summary>
    public async Task<Offer> FirstOffer()
    {
        StartAgent("a", "cpus:4;mem:1024");
        await Subscribe();
        return Assert.Single((await Hear<SchedulerProtocol.Offers>()).Items);
    }

    public void Tell(object message) => ClusterRefs.Of(System).Frameworks.Tell(message, schedulerRef);

    /// <summary>The oldest message of this kind that was not heard yet; others wait for who asks for them.</summary>
    public async Task<T> Hear<T>(Func<T, bool>? which = null) => await HearWithin(Patience, which)
        ?? throw new TimeoutException(
            $"no {typeof(T).Name} came; unheard: {string.Join(Environment.NewLine, unheard)}");

    /// <summary>The same, or none when it does not come within this time.</summary>
    public async Task<T?> HearWithin<T>(TimeSpan time, Func<T, bool>? which = null)
    {
        bool Wanted(object message) => message is T wanted && (which is null || which(wanted));
        if (unheard.Find(Wanted) is { } waiting)
        {
            unheard.Remove(waiting);
            return (T)waiting;
        }

        using var patience = new CancellationTokenSource(time);
        try
        {
            while (true)
            {
                var message = await scheduler.Reader.ReadAsync(patience.Token);
                if (Wanted(message))
                {
                    return (T)message;
                }

                unheard.Add(message);
            }
        }
        catch (OperationCanceledException)
        {
            return default;
        }
    }

    /// <summary>The next offers of the master of this epoch.</summary>
    public Task<SchedulerProtocol.Offers> HearOffers(long epoch) => Hear<SchedulerProtocol.Offers>(
        offers => offers.Items.All(offer => offer.Id.Value.Contains($"-{epoch}-O", StringComparison.Ordinal)));

    /// <summary>Everything that agents have said until now and that was not heard yet.</summary>
    public async Task<List<object>> AgentNews()
    {
        await agentObserver.Ask<ActorIdentity>(new Identify(null), Patience);
        var news = new List<object>();
        while (agents.Reader.TryRead(out var message))
        {
            news.Add(message);
        }

        return news;
    }

    /// <summary>Asks until the answer is as wanted, or the patience ends.</summary>
    public static async Task Eventually(Func<Task<string?>> problem)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            var why = await problem();
            if (why is null)
            {
                return;
            }

            Assert.True(DateTime.UtcNow < deadline, why);
            await Task.Yield();
        }
    }

    public Task<T> AskMaster<T>(object question) => Master.Ask<T>(question, Patience);

    public async ValueTask DisposeAsync() => await System.Terminate();
}
