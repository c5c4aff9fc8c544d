using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Keeps the test actor the implicit sender, also after an await of the test.</summary>
internal sealed class TestSynchronizationContext(ActorCell cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.QueueUserWorkItem(_ => Run(d, state));

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    internal static void Enter(ActorCell cell)
    {
        ActorCell.ExchangeCurrent(cell);
        SetSynchronizationContext(new TestSynchronizationContext(cell));
    }

    internal static void Leave()
    {
        ActorCell.ExchangeCurrent(null);
        if (Current is TestSynchronizationContext)
            SetSynchronizationContext(null);
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        var outerContext = Current;
        var outerCell = ActorCell.ExchangeCurrent(cell);
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            ActorCell.ExchangeCurrent(outerCell);
            SetSynchronizationContext(outerContext);
        }
    }
}
