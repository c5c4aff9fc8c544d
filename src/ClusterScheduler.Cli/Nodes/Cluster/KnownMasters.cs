using System.Collections.Immutable;
using Akka.Actor;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>
/// The other nodes with the role master that this process has seen as members. One that starts anew looks for them
/// first: its own seeds may name only itself, and then it would begin another cluster beside the one that it was
/// removed from.
/// </summary>
internal sealed class KnownMasters
{
    private const int GivenOnceIn = 3;

    private ImmutableHashSet<Address> _addresses = [];

    public bool IsEmpty => _addresses.IsEmpty;

    public void Meet(Address address) => ImmutableInterlocked.Update(ref _addresses, known => known.Add(address));

    /// <summary>Through whom to join.</summary>
    /// <param name="attempt">Counted from 1 since the process was a member. Every third is left to the seeds that the
    /// node was given: where all were removed at once, none of the others is there to be found.</param>
    /// <param name="given">Those seeds.</param>
    public ImmutableArray<Address> SeedsFor(int attempt, ImmutableArray<Address> given) =>
        IsEmpty || attempt % GivenOnceIn == 0
            ? given
            : [.. _addresses.OrderBy(static address => address.ToString(), StringComparer.Ordinal)];
}
