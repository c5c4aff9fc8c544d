using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A thread for each actor; it ends with its actor.</summary>
internal sealed class PinnedDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    private readonly ConditionalWeakTable<ActorCell, DedicatedThreadsDispatcher> _threads = [];

    internal override void Execute(ActorCell cell) => ThreadOf(cell).Execute(cell);

    internal override void Detach(ActorCell cell)
    {
        if (_threads.TryGetValue(cell, out var thread) && _threads.Remove(cell))
            thread.Shutdown();
    }

    private protected override void ExecuteTask(IRunnable run) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Run(), run, preferLocal: false);

    private DedicatedThreadsDispatcher ThreadOf(ActorCell cell) =>
        _threads.GetValue(
            cell, key => new DedicatedThreadsDispatcher($"{Id}-{key.Self.Path.Name}", Throughput, threads: 1));
}
