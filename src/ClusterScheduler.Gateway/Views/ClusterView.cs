namespace ClusterScheduler.Gateway.Views;

/// <summary>The members of the cluster, as the node of this gateway knows them.</summary>
/// <param name="Self">That node.</param>
/// <param name="Leader">None while there is none.</param>
public sealed record ClusterView(string Name, string Self, string? Leader, ImmutableArray<MemberView> Members);

/// <summary>One member.</summary>
/// <param name="Status">Joining, Up, Leaving, Exiting, Down.</param>
public sealed record MemberView(
    string Address, string Status, ImmutableArray<string> Roles, bool IsReachable, bool IsLeader);

/// <summary>A member was told something; what becomes of it shows in the list.</summary>
public sealed record MemberCommandView(string Address, string Command);

/// <summary>Which member has how many shards and entities of each kind.</summary>
public sealed record ShardListView(ImmutableArray<ShardRegionView> Regions);

/// <summary>The shards of one kind that one member has.</summary>
/// <param name="Kind">frameworks or tasks.</param>
public sealed record ShardRegionView(string Kind, string Address, int Shards, int Entities);

/// <summary>The parts of which the cluster has one.</summary>
public sealed record SingletonListView(ImmutableArray<SingletonView> Singletons);

/// <summary>One such part.</summary>
/// <param name="Address">The member that is to run it; none while no member can.</param>
/// <param name="IsAnswering">Whether it answers now.</param>
/// <param name="Epoch">Of the master.</param>
public sealed record SingletonView(string Name, string? Address, bool IsAnswering, long? Epoch, string? ClusterId);
