using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote;
using Akka.Util.Internal;

namespace Akka.Actor;

/// <summary>One running system.</summary>
internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    // More than the engine's own actors ever take.
    private const int UidsOfSystemActors = 1_000;

    private readonly TerminationHooks _termination = new();
    private readonly ExtensionRegistry _extensions;
    private readonly Settings _settings;
    private readonly Guardians _guardians;
    private long _lastName;
    private long _lastUid;

    private ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        Name = name;
        Setup = setup;
        // Begins anywhere, so that a reference to an earlier incarnation of this node fits no actor of this one.
        _lastUid = setup.Get<DeterministicSetup>().HasValue ? 0 : Random.Shared.NextInt64(1, int.MaxValue);
        _settings = new Settings(this, config);
        _extensions = new ExtensionRegistry(this);
        EventStream = new EventStream(_settings.DebugEventStream);
        EventStream.StartStdoutLogger(_settings);
        Log = Logging.GetLogger(EventStream, "ActorSystem(" + name + ")");
        var rootPath = new RootActorPath(new Address("akka", name));
        DeadLetters = new DeadLetterActorRef(this, rootPath / "deadLetters");
        IgnoreRef = new IgnoreActorRef(rootPath / "ignore");
        TemporaryRefs = new TemporaryRefs(rootPath / "temp");
        Scheduler = CreateScheduler();
        SerializesMessages = _settings.SerializeAllMessages;
        MailboxTypes = new MailboxTypes(this);
        Dispatchers = new Dispatchers(this);
        RefProvider = CreateProvider(rootPath);
        _guardians = new Guardians(this, rootPath, _termination.Complete);
        Serialization = new Serialization.Serialization(this);
    }

    public override string Name { get; }

    public override Settings Settings => _settings;

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters { get; }

    public override IActorRef IgnoreRef { get; }

    public override IScheduler Scheduler { get; }

    public override ILoggingAdapter Log { get; }

    public override Dispatchers Dispatchers { get; }

    public override Serialization.Serialization Serialization { get; }

    public override IActorRefProvider Provider => RefProvider;

    public override Task WhenTerminated => _termination.WhenDone;

    internal ActorSystemSetup Setup { get; }

    internal IActorRefProvider RefProvider { get; }

    internal MailboxTypes MailboxTypes { get; }

    internal TemporaryRefs TemporaryRefs { get; }

    internal LocalActorRef RootGuardian => _guardians.Root;

    internal bool SerializesMessages { get; }

    internal static ActorSystemImpl StartNew(string name, Config config, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (string.IsNullOrEmpty(name) || !ValidName().IsMatch(name))
            throw new ArgumentException(
                $"'{name}' is not the name of an actor system: letters, digits, '-', '_', the first no sign.",
                nameof(name));
        var system = new ActorSystemImpl(name, config, setup);
        system.Start();
        return system;
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _guardians.User.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _guardians.System.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => SelectionFactory.Create(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) =>
        SelectionFactory.Create(actorPath, this, RootGuardian);

    public override void Stop(IActorRef actor)
    {
        var stopped = ActorRefBase.Of(actor);
        if (stopped.Parent is LocalActorRef parent && (parent == _guardians.User || parent == _guardians.System))
            parent.Cell.Stop(stopped);
        else
            stopped.Stop();
    }

    public override Task Terminate()
    {
        if (_settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code) => _termination.Add(code);

    public override object RegisterExtension(IExtensionId extension) => _extensions.Register(extension);

    public override object GetExtension(IExtensionId extensionId) => _extensions.Register(extensionId);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null!;

    public override bool HasExtension(Type type) => _extensions.TryGet(type, out _);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        var found = _extensions.TryGet(extensionType, out var known);
        extension = known!;
        return found;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        var found = _extensions.TryGet(typeof(T), out var known);
        extension = (known as T)!;
        return found;
    }

    public override string ToString() => RefProvider.DefaultAddress.ToString();

    /// <summary>Ends the tree of actors, without the phases of a coordinated shutdown.</summary>
    internal Task FinalTerminate()
    {
        _guardians.Stop();
        return WhenTerminated;
    }

    internal string NextName() =>
        "$" + Interlocked.Increment(ref _lastName).ToString("x", CultureInfo.InvariantCulture);

    internal long NextUid() => Interlocked.Increment(ref _lastUid);

    /// <summary>
    /// Names and uids begin anew, for the next run of a simulation in this system. Only while nobody is under /user.
    /// </summary>
    internal void Renumber() => (_lastName, _lastUid) = (0, UidsOfSystemActors);

    internal ActorRefBase FindLocal(ActorPath path)
    {
        var elements = path.Elements;
        ActorRefBase found = elements switch
        {
            [] => RootGuardian,
            ["deadLetters"] => (ActorRefBase)DeadLetters,
            ["ignore"] => (ActorRefBase)IgnoreRef,
            ["temp", var name] => TemporaryRefs.Find(name),
            _ => RootGuardian.GetChild(elements.ToArray()),
        };
        return found is Nobody || (path.Uid != 0 && path.Uid != found.Path.Uid) ? new EmptyLocalRef(this, path) : found;
    }

    internal MessageDispatcher DispatcherFor(Props props, ActorPath parent, string name)
    {
        var id = props.Dispatcher;
        if (!Dispatchers.HasDispatcher(id))
            throw new ConfigurationException(
                $"There is no dispatcher '{id}' in the settings; {parent}/{name} is to run on it.");
        return Dispatchers.Lookup(id);
    }

    internal void ToDeadLetters(object message, IActorRef? sender, IActorRef recipient) =>
        DeadLetters.Tell(new DeadLetter(message, sender ?? DeadLetters, recipient), sender);

    internal object RoundTrip(object message) => Serialization.RoundTrip(message);

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();

    private IScheduler CreateScheduler()
    {
        if (Setup.Get<DeterministicSetup>() is { HasValue: true, Value.Scheduler: { } virtualTime })
            return virtualTime;
        var schedulerConfig = _settings.Config.GetConfig("akka.scheduler") ?? Config.Empty;
        return _settings.SchedulerClass.StartsWith("Akka.Actor.HashedWheelTimerScheduler", StringComparison.Ordinal)
            ? new HeapScheduler(schedulerConfig, Log)
            : TypeByName.Create<IScheduler>(
                _settings.SchedulerClass, "akka.scheduler.implementation", schedulerConfig, Log);
    }

    private IActorRefProvider CreateProvider(ActorPath rootPath) =>
        Setup.Get<DeterministicSetup>() is { HasValue: true, Value.Provider: { } simulated }
        ? simulated(this, rootPath)
        : _settings.ProviderClass.Split(',', 2)[0].Trim() switch
        {
            "local" or "Akka.Actor.LocalActorRefProvider" => new LocalActorRefProvider(this, rootPath),
            "remote" or "Akka.Remote.RemoteActorRefProvider" => new RemoteActorRefProvider(this, rootPath, false),
            "cluster" or "Akka.Cluster.ClusterActorRefProvider" => CreateClusterProvider(rootPath),
            var other => throw new ConfigurationException(
                $"akka.actor.provider is '{other}'; this engine has: local, remote, cluster."),
        };

    private RemoteActorRefProvider CreateClusterProvider(ActorPath rootPath)
    {
        _settings.InjectTopLevelFallback(ClusterDefaults.Config);
        return new RemoteActorRefProvider(this, rootPath, isCluster: true);
    }

    private void StartRemoting()
    {
        if (RefProvider is not RemoteActorRefProvider remote)
            return;
        remote.Remoting.Start();
        _termination.Add(remote.Remoting.Stop);
    }

    private void Start()
    {
        _termination.Add(() => (Scheduler as IDisposable)?.Dispose());
        _termination.Add(Dispatchers.Shutdown);
        _guardians.Start(_settings.SupervisorStrategyClass);
        try
        {
            StartRemoting();
            EventStream.StartDefaultLoggers(this);
            DeadLetterListener.Start(this);
            CoordinatedShutdown.Get(this);
            if (RefProvider is RemoteActorRefProvider { IsCluster: true })
                Cluster.Cluster.Get(this);
            foreach (var name in _settings.Config.GetStringList("akka.extensions"))
                RegisterExtension(TypeByName.Create<IExtensionId>(name, "akka.extensions"));
        }
        catch
        {
            FinalTerminate();
            throw;
        }
    }
}
