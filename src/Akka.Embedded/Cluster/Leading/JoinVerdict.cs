namespace Akka.Cluster.Leading;

/// <summary>What becomes of a node that asks to be let in.</summary>
internal abstract record JoinVerdict
{
    private JoinVerdict()
    {
    }

    /// <summary>It is in the list; it hears so once that is stored.</summary>
    internal sealed record Accepted : JoinVerdict
    {
        internal static readonly Accepted Instance = new();
    }

    /// <summary>Another run has its address: the node that answers there is to say which run it is.</summary>
    internal sealed record Probe(UniqueAddress Known) : JoinVerdict;

    internal sealed record Refused(JoinRefusal Reason, string Text) : JoinVerdict;
}
