using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>A tree of actors with its threads, its scheduler, its event stream and its settings.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    public abstract string Name { get; }

    public abstract Settings Settings { get; }

    public abstract EventStream EventStream { get; }

    public abstract IActorRef DeadLetters { get; }

    /// <summary>Takes every message and does nothing with it, not even a dead letter.</summary>
    public abstract IActorRef IgnoreRef { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract ILoggingAdapter Log { get; }

    public abstract Dispatchers Dispatchers { get; }

    public abstract Serialization.Serialization Serialization { get; }

    public abstract Task WhenTerminated { get; }

    /// <summary>When the system was made, on the clock of <see cref="Uptime"/>.</summary>
    public TimeSpan StartTime { get; } = TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    public TimeSpan Uptime => TimeSpan.FromTicks(DateTime.UtcNow.Ticks) - StartTime;

    public static ActorSystem Create(string name) => Create(name, Config.Empty);

    /// <param name="name">Letters, digits, '-' and '_', beginning with a letter or a digit.</param>
    /// <param name="config">Settings; what it lacks comes from the engine's defaults.</param>
    public static ActorSystem Create(string name, Config config) =>
        ActorSystemImpl.StartNew(name, config, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var bootstrap = setup.Get<BootstrapSetup>();
        var given = bootstrap.HasValue ? bootstrap.Value.Config : Option<Config>.None;
        var config = given.HasValue ? given.Value : Config.Empty;
        return ActorSystemImpl.StartNew(name, config, setup);
    }

    public abstract IActorRef ActorOf(Props props, string? name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    public abstract void Stop(IActorRef actor);

    /// <summary>Ends the system; the task is done when it has ended.</summary>
    public abstract Task Terminate();

    public abstract void RegisterOnTermination(Action code);

    public abstract object RegisterExtension(IExtensionId extension);

    public abstract object GetExtension(IExtensionId extensionId);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, out object extension);

    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What extensions and serializers see of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    public abstract IActorRefProvider Provider { get; }

    /// <summary>Makes an actor under /system, which ends after the user's actors.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new();
}
