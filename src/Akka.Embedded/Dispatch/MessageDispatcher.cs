using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Gives actors their turns on threads.</summary>
public abstract class MessageDispatcher
{
    private protected MessageDispatcher(string id, int throughput)
    {
        Id = id;
        Throughput = Math.Max(throughput, 1);
    }

    public string Id { get; protected set; }

    /// <summary>User messages that an actor handles in one turn.</summary>
    public int Throughput { get; protected set; }

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>Gives the cell a turn. It is called once for each time the cell becomes busy.</summary>
    internal abstract void Execute(ActorCell cell);

    internal virtual void Detach(ActorCell cell)
    {
    }

    internal virtual void Shutdown()
    {
    }

    private protected abstract void ExecuteTask(IRunnable run);
}
