namespace ClusterScheduler.Cli.Nodes.Stores;

/// <summary>The store cannot be used now; the message is for the user.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="mayCome">It may be there in a moment: a server that is starting.</param>
internal sealed class StoreNotThereException(string message, bool mayCome) : Exception(message)
{
    public bool MayCome { get; } = mayCome;
}
