using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Turns on the process's thread pool. A cell is its own work item: a turn allocates nothing.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    internal override void Execute(ActorCell cell) => ThreadPool.UnsafeQueueUserWorkItem(cell, preferLocal: false);

    private protected override void ExecuteTask(IRunnable run) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Run(), run, preferLocal: false);
}
