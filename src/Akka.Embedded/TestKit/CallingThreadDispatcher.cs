using Akka.Actor;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>An actor runs on the thread of the one who sends to it, at once; for tests.</summary>
internal sealed class CallingThreadDispatcher(string id) : MessageDispatcher(id, int.MaxValue)
{
    internal override void Execute(ActorCell cell) => cell.Run();

    private protected override void ExecuteTask(IRunnable run) => run.Run();
}
