using Akka.Dispatch;

namespace Akka.Actor.Setup;

/// <summary>
/// A system whose actors all run on one deterministic dispatcher, with uids that are the same in every run.
/// </summary>
internal sealed class DeterministicSetup(DeterministicDispatcher dispatcher) : Setup
{
    internal DeterministicDispatcher Dispatcher { get; } = dispatcher;
}
