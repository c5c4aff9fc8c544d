namespace Akka.Cluster.Leading;

/// <summary>
/// Which store of the member list a node has. One on a database says the same to all who can reach it; one in memory
/// is there for nodes of the same process.
/// </summary>
/// <param name="Kind">Whether there is one, and where.</param>
/// <param name="Id">Which one, of its kind.</param>
internal readonly record struct StoreId(StoreKind Kind, string Id)
{
    internal static readonly StoreId None = new(StoreKind.None, "");

    /// <summary>A node of the same process can use a store in memory; it says only which process it is in.</summary>
    internal bool CanBeUsedBy(StoreId applicant) => Kind == applicant.Kind && Kind switch
    {
        StoreKind.Database => Id == applicant.Id,
        StoreKind.Memory => Id.StartsWith(applicant.Id + "/", StringComparison.Ordinal),
        _ => false,
    };
}

internal enum StoreKind
{
    /// <summary>The node can be a member, but never lead.</summary>
    None = 0,
    Memory = 1,
    Database = 2,
}
