using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe.Spreading;

/// <summary>What mediators tell each other; nobody misses it where there is no mediator.</summary>
internal interface ISpreading : IDistributedPubSubMessage, IDeadLetterSuppression
{
}

/// <summary>What changed at a node since it told of <see cref="From"/>; from 0 it is all there is.</summary>
internal sealed record Changes(
    UniqueAddress Owner, long From, long To, IReadOnlyList<Entry> Added, IReadOnlyList<Entry> Removed) : ISpreading;

/// <summary>A part of all that a node has, for one who lacks it; the parts come in order.</summary>
internal sealed record BucketPart(
    UniqueAddress Owner, long Version, int Index, int Count, IReadOnlyList<Entry> Entries) : ISpreading;

/// <summary>Send all of these nodes' entries.</summary>
internal sealed record Wanted(IReadOnlyList<UniqueAddress> Owners) : ISpreading;

/// <summary>A sum over all that the sender knows; equal sums, equal knowledge.</summary>
internal sealed record Digest(int Count, ulong Sum) : ISpreading;

/// <summary>How much the sender knows of each node.</summary>
internal sealed record Versions(IReadOnlyList<(UniqueAddress Owner, long Version)> Known) : ISpreading;
