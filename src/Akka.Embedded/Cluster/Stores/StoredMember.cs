namespace Akka.Cluster.Stores;

/// <summary>A run of a node that became a member of a cluster whose member list stands in a database.</summary>
/// <param name="Store">Which database, as in <see cref="Leading.StoreId.Id"/>.</param>
/// <param name="Node">Its line there, as <see cref="UniqueAddress.ToText"/>; gone once it is removed.</param>
internal sealed record StoredMember(string Store, string Node);
