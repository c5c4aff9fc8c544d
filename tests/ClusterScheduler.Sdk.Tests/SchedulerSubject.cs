using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Sdk.Placement;
using ClusterScheduler.Sdk.TestKit;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A scheduler over the fake, and what it was told.</summary>
internal sealed class SchedulerSubject : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ActorSystem _system = ActorSystem.Create("sdk-tests");
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public SchedulerSubject(
        Func<SchedulerSettings, SchedulerSettings>? with = null, TimeSpan? heartbeat = null, bool isCutOff = false)
    {
        Fake = FrameworkFake.Start(_system, heartbeat);
        Fake.Patience = Patience;
        if (isCutOff)
        {
            // Before the scheduler is there: its first subscription must not get through.
            Fake.CutOff();
        }

        Settings = new SchedulerSettings(new("fw-1"), new FrameworkInfo("batch", "nobody", ["red", "blue"]))
        {
            SubscribeBackoffMin = TimeSpan.FromMilliseconds(10),
            SubscribeBackoffMax = TimeSpan.FromMilliseconds(50),
        };
        Settings = with?.Invoke(Settings) ?? Settings;
        var told = _told.Writer;
        Scheduler = _system.ActorOf(Props.Create(() => new ProbeScheduler(Fake.Frameworks, Settings, told)));
    }

    public FrameworkFake Fake { get; }

    public SchedulerSettings Settings { get; }

    public IActorRef Scheduler { get; }

    public static TaskInfo Task(string id) =>
        TaskDemand.Shell(id, "true", 1, 32).TryPlace(ResourceSet.Parse("cpus:8;mem:1024"), out var task, out _)
            ? task
            : throw new InvalidOperationException("it fits");

    /// <summary>On a busy machine one may be repeated before it is answered: the next that is like this.</summary>
    public async Task<FrameworkProtocol.Subscribe> Subscription(Func<FrameworkProtocol.Subscribe, bool> like)
    {
        while (true)
        {
            var subscribe = await Fake.ExpectSubscribe();
            if (like(subscribe))
            {
                return subscribe;
            }
        }
    }

    /// <summary>Subscribed, and told so.</summary>
    public async Task<SchedulerSubject> Registered()
    {
        await Fake.ExpectSubscribe();
        await Told("registered fw-1 1");
        return this;
    }

    public async Task<string> Told()
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await _told.Reader.ReadAsync(deadline.Token);
    }

    public async Task Told(string expected) => Assert.Equal(expected, await Told());

    /// <summary>Does something inside the scheduler, and waits until it is done.</summary>
    public async Task<T> Do<T>(Func<ProbeScheduler, T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Scheduler.Tell((Action<ProbeScheduler>)(scheduler =>
        {
            try
            {
                done.SetResult(act(scheduler));
            }
            catch (ArgumentException e)
            {
                done.SetException(e);
            }
        }));
        return await done.Task.WaitAsync(Patience);
    }

    public Task Do(Action<ProbeScheduler> act) => Do(scheduler =>
    {
        act(scheduler);
        return true;
    });

    /// <summary>Everything that was said to the scheduler up to now is handled when this returns.</summary>
    public async Task Settle()
    {
        await Fake.Settle();
        await Do(static _ => { });
    }

    public Task<TAnswer> Ask<TAnswer>(object question) => Scheduler.Ask<TAnswer>(question, Patience);

    public void Stop() => _system.Stop(Scheduler);

    public void Dispose()
    {
        Fake.Dispose();
        _system.Terminate().Wait(Patience);
    }
}
