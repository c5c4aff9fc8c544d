using Akka.Dispatch;

namespace Akka.Actor.Setup;

/// <summary>
/// A system whose actors all run on one deterministic dispatcher, with uids that are the same in every run.
/// </summary>
internal sealed class DeterministicSetup(DeterministicDispatcher dispatcher) : Setup
{
    internal DeterministicDispatcher Dispatcher { get; } = dispatcher;

    /// <summary>Keeps virtual time; none: the scheduler that HOCON names.</summary>
    internal IScheduler? Scheduler { get; init; }

    /// <summary>Finds references beyond this system; none: the provider that HOCON names.</summary>
    internal Func<ActorSystemImpl, ActorPath, IActorRefProvider>? Provider { get; init; }
}
