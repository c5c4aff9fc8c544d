namespace ClusterScheduler.Simulation.Storage;

/// <summary>The store failed, or refused a writer that was too late: what an actor must live with.</summary>
public sealed class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
