using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Configs;

namespace Akka.TestKit;

/// <summary>
/// A test's place among actors: a system, an actor that keeps what it gets for the test to look at, and methods that
/// wait for something and fail the test when it does not come.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static long s_lastName;

    private readonly ITestKitAssertions _assertions;
    private TestMessageQueue _queue = null!;
    private RealMessageEnvelope? _last;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
    {
        _assertions = assertions;
        Initialize(system ?? Create(Config.Empty, null), testActorName);
    }

    protected TestKitBase(
        ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
    {
        _assertions = assertions;
        Initialize(Create(config, actorSystemName), testActorName);
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null,
        string? testActorName = null)
    {
        _assertions = assertions;
        var bootstrap = setup.Get<BootstrapSetup>();
        var withDefaults = (
            bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create()).WithConfigFallback(DefaultConfig);
        Initialize(ActorSystem.Create(actorSystemName ?? "test", setup.WithSetup(withDefaults)), testActorName);
    }

    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        "akka.loglevel = DEBUG, akka.actor.debug { lifecycle = on, unhandled = on, event-stream = on }");

    public ActorSystem Sys { get; private set; } = null!;

    public TestKitSettings TestKitSettings { get; private set; } = null!;

    /// <summary>The actor whose messages this test looks at.</summary>
    public IActorRef TestActor { get; private set; } = null!;

    public ILoggingAdapter Log { get; private set; } = null!;

    public EventFilterFactory EventFilter => new(this, Sys);

    /// <summary>Who sent the last message that was looked at.</summary>
    public IActorRef LastSender => _last?.Sender!;

    public object LastMessage => _last?.Message!;

    public bool HasMessages => _queue.Count > 0;

    internal ITestKitAssertions Asserting => _assertions;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>()
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    public IActorRef ActorOf<TActor>(string name)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(System.Linq.Expressions.Expression<Func<TActor>> factory)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    public IActorRef ActorOf<TActor>(System.Linq.Expressions.Expression<Func<TActor>> factory, string name)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) =>
        Sys.ActorSelection(anchorRef, actorPath);

    public IActorRef CreateTestActor(string name) => MakeTestActor(new TestMessageQueue(), name);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new InternalTestActor.SetIgnore(shouldIgnoreMessage), ActorRefs.NoSender);

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => TestActor.Tell(new InternalTestActor.SetIgnore(null), ActorRefs.NoSender);

    public void SetAutoPilot(AutoPilot pilot) =>
        TestActor.Tell(new InternalTestActor.SetAutoPilot(pilot), ActorRefs.NoSender);

    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new InternalTestActor.WatchFor(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new InternalTestActor.UnwatchFor(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    /// <summary>Makes a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default) =>
        Spawn(props, name, cancellationToken);

    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        Spawn(props, null, cancellationToken);

    /// <summary>Ends the system and waits for it.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var max = duration ?? TimeSpan.FromSeconds(5);
        if (system.Terminate().Wait(Dilated(max)))
            return;
        var text = $"The actor system {system.Name} did not end within {max}.";
        if (verifySystemShutdown)
            throw new TimeoutException(text);
        system.Log.Warning(text);
    }

    private protected void LeaveThread() => TestSynchronizationContext.Leave();

    private static ActorSystem Create(Config config, string? name) =>
        ActorSystem.Create(name ?? "test", config.WithFallback(DefaultConfig));

    private void Initialize(ActorSystem system, string? testActorName)
    {
        Sys = system;
        TestKitSettings = TestKitExtension.For(system);
        Log = Logging.GetLogger(system, GetType());
        _queue = new TestMessageQueue();
        var number = Interlocked.Increment(ref s_lastName).ToString(CultureInfo.InvariantCulture);
        TestActor = MakeTestActor(_queue, testActorName ?? "testActor" + number);
        if (this is not INoImplicitSender)
            TestSynchronizationContext.Enter(((LocalActorRef)TestActor).Cell);
    }

    private IActorRef MakeTestActor(TestMessageQueue queue, string name)
    {
        var props = Props.Create(() => new InternalTestActor(queue)).WithDispatcher("akka.test.test-actor.dispatcher");
        return ((ExtendedActorSystem)Sys).SystemActorOf(props, name);
    }

    private IActorRef Spawn(Props props, string? name, CancellationToken cancellationToken) => TestActor
        .Ask<IActorRef>(new InternalTestActor.SpawnChild(props, name), RemainingOrDefault, cancellationToken)
        .GetAwaiter().GetResult();
}
