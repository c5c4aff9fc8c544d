using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What the coordinator's table wants done.</summary>
internal abstract record CoordinatorEffect
{
    private CoordinatorEffect()
    {
    }

    /// <summary>Send it.</summary>
    internal sealed record Tell(IActorRef To, ICoordinationMessage Message) : CoordinatorEffect;

    /// <summary>Ask the region of that node what it hosts, and find out whether there is one.</summary>
    internal sealed record AskNode(UniqueAddress Node) : CoordinatorEffect;

    /// <summary>Have the strategy choose; the answer is <see cref="ShardTable.Chosen"/>.</summary>
    internal sealed record Choose(string Shard, IActorRef? Requester) : CoordinatorEffect;

    /// <summary>Write down that the shard exists; the answer is <see cref="ShardTable.Written"/>.</summary>
    internal sealed record Write(string Shard) : CoordinatorEffect;
}
