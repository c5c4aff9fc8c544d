using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Turns on threads of its own, so that work that blocks holds nobody else up.</summary>
internal sealed class DedicatedThreadsDispatcher : MessageDispatcher
{
    private readonly BlockingCollection<IThreadPoolWorkItem> _turns = [];

    internal DedicatedThreadsDispatcher(string id, int throughput, int threads)
        : base(id, throughput)
    {
        for (var index = 0; index < threads; index++)
            new Thread(Work) { IsBackground = true, Name = $"{id}-{index}" }.Start();
    }

    internal override void Execute(ActorCell cell) => _turns.Add(cell);

    internal override void Shutdown() => _turns.CompleteAdding();

    private protected override void ExecuteTask(IRunnable run) => _turns.Add(new RunnableTurn(run));

    private void Work()
    {
        foreach (var turn in _turns.GetConsumingEnumerable())
            turn.Execute();
    }

    private sealed class RunnableTurn(IRunnable run) : IThreadPoolWorkItem
    {
        public void Execute() => run.Run();
    }
}
